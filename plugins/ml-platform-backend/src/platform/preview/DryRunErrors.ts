import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { redactAddresses } from '@internal/plugin-ml-platform-node';

/** Error types whose messages our own actions write for people. */
const FOR_PEOPLE = new Map(
  [
    ConflictError,
    InputError,
    NotAllowedError,
    NotFoundError,
    ServiceUnavailableError,
  ].map(type => [type.name, type]),
);
/** Message of the template engine when our `yaml` or `hcl` filter refuses a value. */
const ENCODER_REFUSAL = /Template filter "(?:yaml|hcl)" failed: (?<reason>.+)/s;

/** Turns the scaffolder's errors, which contain stacks and paths, into errors that a person can act on. */
export class DryRunErrors {
  readonly #logger: LoggerService;

  constructor(options: { logger: LoggerService }) {
    this.#logger = options.logger;
  }

  rethrow(error: unknown): never {
    if (error instanceof ServiceUnavailableError) {
      throw error;
    }
    const { name, message } = ResponseError.is(error)
      ? error.body.error
      : (error as Error);
    const refusal = ENCODER_REFUSAL.exec(message)?.groups?.reason;
    if (refusal) {
      throw new InputError(redactAddresses(refusal));
    }
    const ForPeople = FOR_PEOPLE.get(name);
    if (ForPeople && ResponseError.is(error)) {
      throw new ForPeople(redactAddresses(message));
    }
    const reference = randomUUID().slice(0, 8);
    this.#logger.error(`Preview failed, reference ${reference}: ${message}`);
    throw new ServiceUnavailableError(
      `The preview failed. Try again; if it fails again, give the platform team the reference ${reference}.`,
    );
  }
}

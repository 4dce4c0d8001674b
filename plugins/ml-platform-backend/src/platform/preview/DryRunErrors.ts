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

/** Errors whose messages our actions write for people. */
const FOR_PEOPLE = new Map(
  [
    ConflictError,
    InputError,
    NotAllowedError,
    NotFoundError,
    ServiceUnavailableError,
  ].map(type => [type.name, type]),
);
/** How the template engine reports that an encoder refused a value. */
const ENCODER_REFUSAL = /Template filter "(?:yaml|hcl)" failed: (?<reason>.+)/s;

/** Turns what the scaffolder says about a failed dry run, stacks and paths included, into what a person can act on. */
export class DryRunErrors {
  static create(options: { logger: LoggerService }): DryRunErrors {
    return new DryRunErrors(options.logger);
  }

  readonly #logger: LoggerService;

  private constructor(logger: LoggerService) {
    this.#logger = logger;
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
      `The preview failed. Try again; if it fails again, tell the platform team the reference ${reference}.`,
    );
  }
}

import { InputError } from '@backstage/errors';
import { type Document, parseDocument, Scalar } from 'yaml';
import { z } from 'zod';
import type { BlockedImage } from './blockedImages';
import type { DeploymentException } from './exceptions';

const parametersSchema = z.object({
  kind: z.literal('ConfigMap'),
  data: z.object({
    graceDays: z.string().regex(/^\d+$/, 'must be a number of days'),
    blocked: z.string(),
    exceptions: z.string(),
  }),
});

/** The parameter object of the policy `fail-safe`, as the file `blocked-images.yaml`, whose comments and other values stay. */
export class BlockedImagesFile {
  readonly #document: Document;
  readonly graceDays: number;
  readonly blocked: BlockedImage[];
  readonly exceptions: DeploymentException[];

  /** @throws InputError with the field that is not valid. */
  constructor(text: string) {
    this.#document = parseDocument(text, { merge: false });
    const { data, error } = parametersSchema.safeParse(
      this.#document.errors.length > 0 ? undefined : this.#document.toJS(),
    );
    if (error) {
      const [{ path, message }] = error.issues;
      throw new InputError(
        [path.join('.'), message].filter(Boolean).join(': '),
      );
    }
    this.graceDays = Number(data.data.graceDays);
    this.blocked = linesOf(data.data.blocked).map(
      ([image, vulnerability = '', since = '', fixes = '']) => ({
        image,
        vulnerability,
        since,
        fixes,
      }),
    );
    this.exceptions = linesOf(data.data.exceptions).map(
      ([team, subject = '', expires = '']) => ({ team, subject, expires }),
    );
  }

  /** The file with other blocked images and exceptions. */
  textWith(blocked: BlockedImage[], exceptions: DeploymentException[]): string {
    this.#set(
      'blocked',
      blocked.map(({ image, vulnerability, since, fixes }) => [
        image,
        vulnerability,
        since,
        fixes,
      ]),
    );
    this.#set(
      'exceptions',
      exceptions.map(({ team, subject, expires }) => [team, subject, expires]),
    );
    return this.#document.toString({ lineWidth: 0, singleQuote: true });
  }

  #set(key: string, lines: string[][]) {
    const value = new Scalar(
      lines.map(words => `${words.join(' ')}\n`).join(''),
    );
    value.type = lines.length > 0 ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_SINGLE;
    this.#document.setIn(['data', key], value);
  }
}

function linesOf(text: string): string[][] {
  return text
    .split('\n')
    .filter(Boolean)
    .map(line => line.split(' '));
}

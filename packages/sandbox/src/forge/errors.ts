/** An answer that is not a success, as Gitea gives it: a status and a sentence. */
export class ForgeError extends Error {
  name = 'ForgeError';

  constructor(readonly status: number, message: string) {
    super(message);
  }
}

export const notFound = (message = 'not found') => new ForgeError(404, message);

/** An error of the Gitea API: an HTTP status and a message. */
export class ForgeError extends Error {
  name = 'ForgeError';

  constructor(readonly status: number, message: string) {
    super(message);
  }
}

export const notFound = (message = 'not found') => new ForgeError(404, message);

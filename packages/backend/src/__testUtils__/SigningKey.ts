import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEY_ID = 'test-key';

/** The key that a portal signs people's tokens with, so that a test can make the tokens that sign-in never gives. */
export class SigningKey {
  readonly #privateKey: KeyObject;
  readonly #files: { publicKeyFile: string; privateKeyFile: string };

  static create(directory: string): SigningKey {
    return new SigningKey(directory);
  }

  private constructor(directory: string) {
    const { publicKey, privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
    });
    this.#privateKey = privateKey;
    this.#files = {
      publicKeyFile: join(directory, 'public.pem'),
      privateKeyFile: join(directory, 'private.pem'),
    };
    writeFileSync(
      this.#files.publicKeyFile,
      publicKey.export({ type: 'spki', format: 'pem' }),
    );
    writeFileSync(
      this.#files.privateKeyFile,
      privateKey.export({ type: 'pkcs8', format: 'pem' }),
      { mode: 0o600 },
    );
  }

  /** Configuration of the portal. */
  config(): object {
    return {
      auth: {
        keyStore: {
          provider: 'static',
          static: {
            keys: [{ ...this.#files, keyId: KEY_ID, algorithm: 'ES256' }],
          },
        },
      },
    };
  }

  /** A user token like those of sign-in, which ends in so many seconds; negative for one that has ended. */
  userToken(user: string, seconds: number): string {
    const exp = Math.floor(Date.now() / 1000) + seconds;
    const claims = { sub: user, iat: exp - 3600, exp };
    const proof = this.#sign('vnd.backstage.limited-user', claims);
    return this.#sign('vnd.backstage.user', {
      ...claims,
      iss: 'test',
      aud: 'backstage',
      ent: [user],
      uip: proof.split('.')[2],
    });
  }

  /** What a cookie carries for the same time. */
  limitedUserToken(user: string, seconds: number): string {
    const exp = Math.floor(Date.now() / 1000) + seconds;
    return this.#sign('vnd.backstage.limited-user', {
      sub: user,
      iat: exp - 3600,
      exp,
    });
  }

  #sign(typ: string, payload: object): string {
    const encode = (part: object) =>
      Buffer.from(JSON.stringify(part)).toString('base64url');
    const content = `${encode({ typ, alg: 'ES256', kid: KEY_ID })}.${encode(
      payload,
    )}`;
    const signature = sign('sha256', Buffer.from(content), {
      key: this.#privateKey,
      dsaEncoding: 'ieee-p1363',
    });
    return `${content}.${signature.toString('base64url')}`;
  }
}

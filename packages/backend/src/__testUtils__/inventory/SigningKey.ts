import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEY_ID = 'test-key';

/** A key that a portal signs user tokens with. It lets a test create tokens that sign-in never issues. */
export class SigningKey {
  readonly #privateKey: KeyObject;
  readonly #files: { publicKeyFile: string; privateKeyFile: string };

  /** @param directory - an empty directory for the key's files */
  constructor(directory: string) {
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

  /** Configuration of a portal that signs with this key. */
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

  /** A user token like those of sign-in that expires in `seconds`; a negative number is in the past. */
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

  /** The token in the cookie of a user, which expires in `seconds`. */
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

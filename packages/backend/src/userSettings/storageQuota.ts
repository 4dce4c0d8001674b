import {
  coreServices,
  createBackendModule,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import express from 'express';

/** The portal's pages store a dozen short values. */
const LIMITS = { keys: 500, bytes: 1024 * 1024 };
/** Characters of a bucket or key, as the columns of the table have them. */
const MAX_NAME = 255;

interface Setting {
  bucket: string;
  key: string;
}

/**
 * Limits what one person can store in the settings, because the plugin keeps everything forever. Concurrent requests do not
 * see each other, so the limits can be exceeded by as many settings as a person may have open requests.
 */
export default createBackendModule({
  pluginId: 'user-settings',
  moduleId: 'storage-quota',
  register(env) {
    env.registerInit({
      deps: {
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
      },
      async init({ database, httpAuth, httpRouter }) {
        const assertRoomFor = async (request: express.Request) => {
          const { principal } = await httpAuth.credentials(request, {
            allow: ['user'],
          });
          const { bucket, key } = request.params;
          assertName('bucket', bucket);
          assertName('key', key);
          const { userEntityRef: person } = principal;
          const others = await usage(database, { person, bucket, key });
          const value = JSON.stringify(Object(request.body).value) ?? '';
          assertRoom({
            keys: others.keys + 1,
            bytes: others.bytes + Buffer.byteLength(value),
          });
        };
        const router = express.Router();
        // Does nothing for a body that has been parsed already.
        router.use(express.json());
        router.put('/buckets/:bucket/keys/:key(*)', (request, _, next) => {
          assertRoomFor(request).then(() => next(), next);
        });
        // A module starts before its plugin, so that this comes before the plugin's routes.
        httpRouter.use(router);
      },
    });
  },
});

function assertName(field: string, value: string): void {
  if (value.length > MAX_NAME) {
    throw new InputError(
      `The name of the ${field} has more than ${MAX_NAME} characters. Use a shorter one.`,
    );
  }
}

function assertRoom({ keys, bytes }: { keys: number; bytes: number }): void {
  if (keys > LIMITS.keys) {
    throw quotaExceeded(
      `You have ${LIMITS.keys} settings, and can have no more. Delete some.`,
    );
  }
  if (bytes > LIMITS.bytes) {
    throw quotaExceeded(
      `Your settings would have ${bytes} bytes; the limit is ${LIMITS.bytes}. Delete some, or store less.`,
    );
  }
}

function quotaExceeded(message: string): Error {
  return Object.assign(new Error(message), {
    name: 'QuotaExceededError',
    statusCode: 413,
  });
}

/** Counts the settings of a person other than one that is about to be replaced. */
async function usage(
  database: DatabaseService,
  { person, ...replaced }: Setting & { person: string },
): Promise<{ keys: number; bytes: number }> {
  const client = await database.getClient();
  const [{ keys, bytes }] = await client('user_settings')
    .where('user_entity_ref', person)
    .whereNot(setting => setting.where(replaced))
    .select(
      client.raw('count(*) as keys'),
      client.raw('coalesce(sum(octet_length(value)), 0) as bytes'),
    );
  // PostgreSQL sends large integers as text.
  return { keys: Number(keys), bytes: Number(bytes) };
}

import type { Config } from '@backstage/config';

/** Finds databases that only one replica can use, and connections without TLS. */
export function findDatabaseProblems(config: Config): string[] {
  const database = config.getOptionalConfig('backend.database');
  if (!database) {
    return ['backend.database: missing. Set client: pg and its connection.'];
  }
  const plugins = database.getOptionalConfig('plugin');
  return [
    ...(database.has('client') ? [] : ['backend.database.client: set pg.']),
    ...findConnectionProblems(database, 'backend.database'),
    ...(database.has('connection')
      ? []
      : ['backend.database.connection: missing. Set host, user and password.']),
    ...(plugins?.keys() ?? []).flatMap(plugin =>
      findConnectionProblems(
        plugins?.getOptionalConfig(plugin),
        `backend.database.plugin.${plugin}`,
      ),
    ),
  ];
}

function findConnectionProblems(
  database: Config | undefined,
  path: string,
): string[] {
  const client = database?.getOptional('client');
  const connection = database?.getOptional('connection');
  return [
    ...(client === undefined || client === 'pg'
      ? []
      : [
          `${path}.client: ${client} holds data of one process in a file. Set pg.`,
        ]),
    ...(typeof connection === 'string'
      ? [
          `${path}.connection: write host, port, user, password and ssl as separate keys, so that TLS can be checked.`,
        ]
      : []),
    ...(typeof connection === 'object' && !usesTls(connection)
      ? [
          `${path}.connection.ssl: missing, so passwords and data are sent unencrypted. Set rejectUnauthorized: true and, for an authority of your own, ca.`,
        ]
      : []),
  ];
}

/** Checks for TLS at all; the verification of certificates, `rejectUnauthorized`, has a check of its own. */
function usesTls(connection: object | null): boolean {
  if (!connection || !('ssl' in connection)) {
    return false;
  }
  const { ssl } = connection;
  return ssl === true || (typeof ssl === 'object' && ssl !== null);
}

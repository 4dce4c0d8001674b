import type { Leaf } from './leaves';

/** Finds switches that turn a protection off, wherever they are. */
export function findSwitchProblems(leaves: Leaf[]): string[] {
  return leaves.flatMap(({ path, key, value }) => {
    if (key === 'skipTLSVerify' && value !== false) {
      return [
        `${path}: accepts every certificate, also one of an attacker. Remove it, and set caFile or caData.`,
      ];
    }
    if (key === 'rejectUnauthorized' && value !== true) {
      return [
        `${path}: accepts every certificate, also one of an attacker. Set true, and the authority in ca.`,
      ];
    }
    // Backstage prefixes the names of settings that turn off a protection.
    if (/^dangerously/i.test(key) && value !== false) {
      return [`${path}: turns a protection off. Remove it.`];
    }
    return [];
  });
}

/** Finds variables that turn off a protection of the whole process. */
export function findVariableProblems(environment: NodeJS.ProcessEnv): string[] {
  return environment.NODE_TLS_REJECT_UNAUTHORIZED === '0'
    ? [
        'NODE_TLS_REJECT_UNAUTHORIZED: accepts every certificate, also one of an attacker. Remove it, and set NODE_EXTRA_CA_CERTS to the file with the authority.',
      ]
    : [];
}

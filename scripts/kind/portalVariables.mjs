import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kindDirectory } from './cluster.mjs';

export const variablesFile = join(kindDirectory, 'portal.env');

/**
 * Writes the variables of app-config.kind.yaml into a file for shells. It keeps an existing trailer secret, so that older
 * signatures stay valid.
 *
 * @param {{ giteaToken: string, kubernetesToken: string, certificateFile: string }} values
 */
export function writePortalVariables(values) {
  const variables = {
    PLATFORM_GITEA_TOKEN: values.giteaToken,
    PLATFORM_KUBERNETES_CA_FILE: values.certificateFile,
    PLATFORM_KUBERNETES_TOKEN: values.kubernetesToken,
    PLATFORM_TRAILER_SECRET:
      readVariable('PLATFORM_TRAILER_SECRET') ??
      randomBytes(32).toString('hex'),
  };
  const lines = Object.entries(variables).map(
    ([name, value]) => `${name}='${value}'\n`,
  );
  writeFileSync(variablesFile, lines.join(''), { mode: 0o600 });
}

function readVariable(name) {
  try {
    const text = readFileSync(variablesFile, 'utf8');
    return new RegExp(`^${name}='(.*)'$`, 'm').exec(text)?.[1];
  } catch {
    return undefined;
  }
}

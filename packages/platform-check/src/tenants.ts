import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import type { Environment } from '@internal/plugin-ml-platform-common';
import { parse } from 'yaml';
import { z } from 'zod';
import { directoriesIn } from './directoriesIn';
import type { Layout } from './Layout';

export interface Tenant {
  team: string;
  environments: Environment[];
}

const overlaySchema = z.object({ namespace: z.string() });

/**
 * Reads the teams and their namespaces from `tenants/`.
 *
 * @throws InputError if an overlay has no namespace
 */
export async function readTenants(
  repository: string,
  layout: Layout,
): Promise<Tenant[]> {
  const teams = await directoriesIn(path.join(repository, layout.tenants));
  return Promise.all(
    teams.map(async team => {
      const overlays = `${layout.tenants}/${team}/overlays`;
      const names = await directoriesIn(path.join(repository, overlays));
      return {
        team,
        environments: await Promise.all(
          names.map(name =>
            readEnvironment(repository, `${overlays}/${name}`, { team, name }),
          ),
        ),
      };
    }),
  );
}

async function readEnvironment(
  repository: string,
  overlay: string,
  { team, name }: { team: string; name: string },
): Promise<Environment> {
  const file = `${overlay}/kustomization.yaml`;
  const text = await readFile(path.join(repository, file), 'utf8').catch(
    () => '',
  );
  const parsed = overlaySchema.safeParse(parseOrNothing(text));
  if (!parsed.success || !parsed.data.namespace.startsWith(team)) {
    throw new InputError(
      `${file}: write \`namespace:\` with the name of the team's namespace, for example ${team}-${name}.`,
    );
  }
  return {
    name,
    // The validator is the same for every cluster.
    cluster: '',
    namespaceSuffix: parsed.data.namespace.slice(team.length),
  };
}

function parseOrNothing(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { KUSTOMIZATION_BYTES } from '@internal/platform-rules';
import type {
  CheckResult,
  Environment,
} from '@internal/plugin-ml-platform-common';
import {
  type Layout,
  type CheckMessage,
  checkResult,
} from '@internal/plugin-ml-platform-node/validation';
import { parse } from 'yaml';
import { z } from 'zod';
import { directoriesIn } from './directoriesIn';

export interface Tenant {
  team: string;
  environments: Environment[];
}

const overlaySchema = z.object({ namespace: z.string() });

/** Reads the teams and their namespaces from `tenants/`, without environments whose namespace cannot be read. */
export async function readTenants(
  repository: string,
  layout: Layout,
): Promise<{ tenants: Tenant[]; check: CheckResult }> {
  const messages: CheckMessage[] = [];
  const teams = await directoriesIn(path.join(repository, layout.tenants));
  const tenants = await Promise.all(
    teams.map(async team => {
      const overlays = `${layout.tenants}/${team}/overlays`;
      const names = await directoriesIn(path.join(repository, overlays));
      const environments = await Promise.all(
        names.map(name =>
          readEnvironment(repository, `${overlays}/${name}`, { team, name }),
        ),
      );
      return {
        team,
        environments: environments.flatMap(read => {
          if ('environment' in read) {
            return [read.environment];
          }
          messages.push(read.problem);
          return [];
        }),
      };
    }),
  );
  return {
    tenants,
    check: checkResult('tenants', 'Every tenant has its namespaces', messages),
  };
}

async function readEnvironment(
  repository: string,
  overlay: string,
  { team, name }: { team: string; name: string },
): Promise<{ environment: Environment } | { problem: CheckMessage }> {
  const file = `${overlay}/kustomization.yaml`;
  const namespace = await readNamespace(path.join(repository, file));
  return namespace?.startsWith(team)
    ? {
        environment: {
          name,
          // The validator is the same for every cluster.
          cluster: '',
          namespaceSuffix: namespace.slice(team.length),
        },
      }
    : {
        problem: {
          path: file,
          text: `This names no namespace that can be read, so nothing of ${team} in ${name} was checked. Write \`namespace:\` with the name of the team's namespace, for example ${team}-${name}.`,
        },
      };
}

/** @returns undefined if the file is missing, is no YAML, or would take too long to parse */
async function readNamespace(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    return size > KUSTOMIZATION_BYTES
      ? undefined
      : overlaySchema.safeParse(parse(await readFile(file, 'utf8'))).data
          ?.namespace;
  } catch {
    return undefined;
  }
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ANNOTATION_LOCATION, type Entity } from '@backstage/catalog-model';
import { parse } from 'yaml';

const TEMPLATES = ['ml-service', 'promote', 'roll-back', 'set-image'];

/** `mlPlatform.prices` of `ChangeRequestPlatform`. */
export const PRICES = {
  currency: 'EUR',
  sample: true,
  perHour: { cpuCore: 0.04, memoryGib: 0.005, gpu: 1.2 },
  perMonth: { storageGib: 0.1 },
};

/** The catalog of `ChangeRequestPlatform`: the templates of its forge, two people, and a Component of another team. */
export async function changeRequestEntities(
  { url }: { url: string },
  { directory, names }: { directory: string; names: string[] },
): Promise<Entity[]> {
  return [
    ...(await Promise.all(
      [...TEMPLATES, ...names].map(name =>
        templateEntity({ url, name, directory }),
      ),
    )),
    userEntity('ml-engineer', 'app-ml-team'),
    userEntity('data-engineer', 'app-data-team'),
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'data-api', namespace: 'default' },
      spec: { type: 'service', lifecycle: 'production', owner: 'x' },
    },
  ];
}

async function templateEntity(options: {
  url: string;
  name: string;
  directory: string;
}): Promise<Entity> {
  const { url, name, directory } = options;
  const file = `${name}/template.yaml`;
  const template: Entity = parse(await readFile(join(directory, file), 'utf8'));
  const location = `url:${url}/acme/platform/src/branch/main/templates/${file}`;
  return {
    ...template,
    metadata: {
      ...template.metadata,
      namespace: 'default',
      annotations: { [ANNOTATION_LOCATION]: location },
    },
  };
}

function userEntity(name: string, team: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { profile: { displayName: name, email: `${name}@example.com` } },
    relations: [{ type: 'memberOf', targetRef: `group:default/${team}` }],
  };
}

import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ANNOTATION_LOCATION, type Entity } from '@backstage/catalog-model';
import { parse } from 'yaml';

const ROOT = resolve(__dirname, '../../../..');
const TEMPLATES = ['ml-service', 'promote', 'roll-back', 'set-image'];

/** The catalog of `ChangeRequestPlatform`: the templates of its forge, two people, and a Component of another team. */
export async function changeRequestEntities({
  url,
}: {
  url: string;
}): Promise<Entity[]> {
  return [
    ...(await Promise.all(TEMPLATES.map(name => templateEntity(url, name)))),
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

async function templateEntity(url: string, name: string): Promise<Entity> {
  const file = `templates/${name}/template.yaml`;
  const template: Entity = parse(await readFile(join(ROOT, file), 'utf8'));
  const location = `url:${url}/acme/platform/src/branch/main/${file}`;
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

import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(
  require.resolve('@internal/real-platform/package.json'),
  '../../..',
);

/** People who request, since each may have five tasks at once. */
export const requesters = Array.from(
  { length: 10 },
  (_, index) => `requester-${index}`,
);

/** Writes the people, and the template of the stock action with the files of a workload in one environment. */
export function writeCatalog(directory: string): {
  people: string;
  stockTemplate: string;
} {
  const people = join(directory, 'people.yaml');
  writeFileSync(
    people,
    [
      'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: app-ml-team }\nspec: { type: team, children: [] }\n',
      ...requesters.map(
        name =>
          `apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: { name: ${name} }\nspec: { memberOf: [app-ml-team] }\n`,
      ),
    ].join('---\n'),
  );
  const stockTemplate = join(directory, 'template.yaml');
  writeFileSync(
    stockTemplate,
    readFileSync(join(ROOT, 'bench/src/propose/stockTemplate.yaml')),
  );
  const workload = join(ROOT, 'infra/gitops/workloads/app-ml-team/feature-api');
  for (const part of ['catalog-info.yaml', 'overlays/dev']) {
    cpSync(join(workload, part), join(directory, 'skeleton', part), {
      recursive: true,
    });
  }
  return { people, stockTemplate };
}

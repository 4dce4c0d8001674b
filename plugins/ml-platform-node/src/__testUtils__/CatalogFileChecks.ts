import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkCatalogFile } from '../validation/catalogFile';
import { createWorkloadTrees, type WorkloadTrees } from './createWorkloadTrees';

const fixtures = path.resolve(__dirname, '../__fixtures__/catalogFiles');

export const component = (more = '') => `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: feature-api
${more}
spec:
  type: service
  lifecycle: production
`;
export const api = (definition: string) => `${component()}
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: feature-api-rest }
spec:
  type: openapi
  lifecycle: production
  definition: ${definition}
`;

/** The check of a workload's `catalog-info.yaml`, with files that it may name beside it. */
export class CatalogFileChecks {
  static async create(): Promise<CatalogFileChecks> {
    const trees = await createWorkloadTrees();
    await trees.write(`${trees.directory}/openapi.yaml`, 'openapi: 3.0.3\n');
    await trees.write('infra/docs/api.json', '{}\n');
    await trees.write(`${trees.directory}/../shared/api.json`, '{}\n');
    await trees.write(`${trees.directory}/big.txt`, 'x'.repeat(1_048_577));
    await trees.write(`${trees.directory}/half.txt`, 'x'.repeat(900_000));
    return new CatalogFileChecks(trees);
  }

  /** Path of the `catalog-info.yaml` in the repository. */
  readonly file: string;

  private constructor(readonly trees: WorkloadTrees) {
    this.file = `${trees.directory}/catalog-info.yaml`;
  }

  /** Status and messages, without the path when it is that of the file. */
  async check(
    content: string,
    more: { wholeRepository?: boolean } = { wholeRepository: true },
  ): Promise<string[]> {
    await this.trees.write(this.file, content);
    const { status, messages } = await checkCatalogFile({
      ...this.trees.change,
      ...more,
    });
    return [
      status,
      ...messages.map(({ path: at, text }) =>
        at === this.file ? text : `${at}: ${text}`,
      ),
    ];
  }

  /** The same of a file of `__fixtures__/catalogFiles`. */
  async fixture(name: string): Promise<string[]> {
    return this.check(await readFile(path.join(fixtures, name), 'utf8'));
  }
}

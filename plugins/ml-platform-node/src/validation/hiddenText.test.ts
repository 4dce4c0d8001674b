import {
  createWorkloadTrees,
  type WorkloadTrees,
} from '../__testUtils__/createWorkloadTrees';

// Each environment starts a Kustomize process, which is slow on a busy machine.
jest.setTimeout(240_000);

describe('hidden text', () => {
  let trees: WorkloadTrees;

  beforeEach(async () => {
    trees = await createWorkloadTrees();
  });
  afterEach(() => trees.remove());

  it('is refused in files and, however it is written there, in objects', async () => {
    const { directory, terraformFile } = trees;
    const deployment = `${directory}/base/deployment.yaml`;
    const service = `${directory}/base/service.yaml`;
    await trees.edit(deployment, 'spec:', '# \u202ecomment\nspec:');
    await trees.edit(terraformFile, /$/, '# a\u2066b\n');
    await trees.write(`${directory}/base/run.sql`, '-- \u202e ;tcelles\n');
    await trees.edit(
      service,
      'metadata:',
      'metadata:\n  annotations: { note: "a\\u202eb" }',
    );
    const { failures } = await trees.validate([deployment, service]);
    const line = expect.stringMatching;
    expect(failures['hidden-text']).toEqual([
      line(/base\/deployment.yaml: Line \d+ contains the character U\+202E/),
      line(/base\/run.sql: Line 1 contains the character U\+202E/),
      line(/dev\/feature-api.tf: Line \d+ contains the character U\+2066/),
    ]);
    expect(failures.schemas.join('\n')).toContain(
      'Service feature-api: metadata.annotations.note contains the character U+202E',
    );
  });
});

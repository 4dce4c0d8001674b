import { symlink } from 'node:fs/promises';
import path from 'node:path';
import {
  createWorkloadTrees,
  type WorkloadTrees,
} from '../__testUtils__/createWorkloadTrees';

describe('validateChange: paths and references', () => {
  let trees: WorkloadTrees;

  beforeEach(async () => {
    trees = await createWorkloadTrees();
  });

  afterEach(async () => {
    await trees.remove();
  });

  it('refuses paths of others, paths of Git, unusual names, links and names that differ only in case', async () => {
    await trees.write(`${trees.directory}/base/Service.yaml`, '');
    await symlink('/etc', path.join(trees.root, trees.directory, 'link'));
    const { failures, checks } = await trees.validate([
      `${trees.workloads}/app-data-team/data-api/overlays/dev/base/service.yaml`,
      `${trees.workloads}/app-ml-team/feature-api-2/x.yaml`,
      'infra/gitops/tenants/app-ml-team/base/kustomization.yaml',
      `${trees.teamRoots}/app-ml-team/dev/versions.tf`,
      `${trees.teamRoots}/app-ml-team/uat/feature-api.tf`,
      '.github/workflows/x.yaml',
      `${trees.directory}/.GitHub/x`,
      `${trees.directory}/a b.yaml`,
      `${trees.directory}/../x`,
      `${trees.directory}/${'x'.repeat(255)}`,
      `${trees.directory}/link/passwd`,
      `${trees.directory}/fine.yaml`,
    ]);
    expect(
      failures.paths.map(text => text.replace(/^.*?: /, '').slice(0, 40)),
    ).toEqual([
      ...Array(6).fill('A change of app-ml-team/feature-api can '),
      'Names that start with ".git" are not all',
      'Use letters, digits, ".", "_" and "-" in',
      'Use letters, digits, ".", "_" and "-" in',
      expect.stringMatching(/^This path has \d+ characters; the limit/),
      `${trees.directory}/link is a symbolic link`.slice(0, 40),
      `The name differs from ${trees.directory}/base/`.slice(0, 40),
    ]);
    expect(checks).toContainEqual(
      expect.objectContaining({ id: 'kustomize-build', status: 'skipped' }),
    );
  });

  it.each([
    [
      'resources',
      'https://example.com/x.yaml',
      'Remote resources are not loaded',
    ],
    ['resources', 'github.com/acme/x', 'Remote resources are not loaded'],
    ['resources', '../../../../acme/x.git?ref=main', 'Remote resources'],
    ['resources', '/etc', 'Remote resources are not loaded'],
    ['resources', '../../../../../../../../etc', 'Remote resources'],
    [
      'resources',
      '../../../../app-data-team/data-api/overlays/dev/base',
      'is not allowed. This can only refer to',
    ],
    [
      'components',
      '../../../../../tenants/x',
      'Remote resources are not loaded',
    ],
    ['resources', '../../linked', 'Remote resources are not loaded'],
    [
      'patches',
      '[{path: https://example.com/x.yaml}]',
      'is not a file of this',
    ],
    ['patches', '[{path: ../../../x.yaml}]', 'is not a file of this directory'],
    [
      'configMapGenerator',
      '[{name: x, files: [a=/etc/passwd]}]',
      'is not a file',
    ],
    ['generators', '[x.yaml]', 'plug-ins can run programs'],
    ['helmCharts', '[{name: x}]', 'Helm charts are not supported'],
    ['secretGenerator', '[{name: x}]', 'secrets do not belong in Git'],
    ['openapi', '{path: https://example.com/x}', 'this field is not allowed'],
  ])('refuses a kustomization with %s: %s', async (field, value, words) => {
    await trees.copyWorkload(trees.root, 'app-data-team', 'data-api');
    await symlink('/etc', path.join(trees.root, trees.directory, 'linked'));
    const list = value.startsWith('[') || value.startsWith('{');
    await trees.write(
      `${trees.overlay}/kustomization.yaml`,
      `${field}: ${list ? value : `['${value}']`}\n`,
    );
    const { failures } = await trees.validate();
    expect(failures.references).toEqual([
      expect.stringContaining(
        `${trees.overlay}/kustomization.yaml: ${field}: `,
      ),
    ]);
    expect(failures.references[0]).toContain(words);
  });
});

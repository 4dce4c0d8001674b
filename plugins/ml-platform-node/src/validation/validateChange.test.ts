import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { validateChange } from './validateChange';
import {
  createWorkloadTrees,
  type WorkloadTrees,
} from '../__testUtils__/createWorkloadTrees';

describe('validateChange', () => {
  let trees: WorkloadTrees;

  beforeEach(async () => {
    trees = await createWorkloadTrees();
  });

  afterEach(async () => {
    await trees.remove();
  });

  it('passes a new workload, and shows the objects that it adds to each environment', async () => {
    const { checks, objects } = await trees.validate([
      `${trees.directory}/base/deployment.yaml`,
      `${trees.teamRoots}/app-ml-team/dev/feature-api.tf`,
    ]);
    expect(
      checks.map(({ id, status, messages }) => [id, status, messages]),
    ).toEqual([
      ['file-limits', 'passed', []],
      ['paths', 'passed', []],
      ['references', 'passed', []],
      ['kustomize-build', 'passed', []],
      ['schemas', 'passed', []],
      ['namespaces', 'passed', []],
      ['dashboards', 'passed', []],
      ['policies', 'passed', []],
      [
        'capacity',
        'skipped',
        [
          {
            text: 'Not checked: a plan of a team, or the tier of app-ml-team, cannot be read.',
          },
        ],
      ],
      ['destructive', 'passed', []],
      ['applied-files', 'passed', []],
      ['terraform', 'passed', []],
      ['answers', 'passed', []],
      ['catalog', 'passed', []],
      ['hidden-text', 'passed', []],
    ]);
    const added = objects.map(
      ({ environment, kind, namespace, change }) =>
        `${change} ${environment} ${namespace} ${kind}`,
    );
    expect(added).toContain('added dev app-ml-team-dev Deployment');
    expect(added).toContain('added dev app-ml-team-dev ConfigMap');
    expect(added).toContain('added prod app-ml-team ServiceMonitor');
    expect(added).toHaveLength(13);
    expect(objects[0].yaml).toContain('namespace: app-ml-team-dev\n');
  });

  it('passes the other example workloads', async () => {
    for (const workload of [
      'churn-training',
      'feature-refresh',
      'ml-backend',
    ]) {
      await trees.copyWorkload(trees.root, 'app-ml-team', workload);
      const { checks } = await validateChange({
        ...trees.change,
        workload,
        changedPaths: [],
      });
      expect(checks.filter(check => check.status === 'failed')).toEqual([]);
    }
  });

  it('shows only the objects that a change of an existing workload affects', async () => {
    await trees.copyWorkload(trees.before, 'app-ml-team', 'feature-api');
    await trees.edit(
      `${trees.overlay}/replicas.yaml`,
      'replicas: 1',
      'replicas: 2',
    );
    await trees.edit(
      `${trees.directory}/base/kustomization.yaml`,
      /.*poddisruption.*\n/,
      '',
    );
    const { objects, failures } = await trees.validate();
    expect(failures).toEqual({});
    expect(
      objects.map(({ environment, kind, change }) => [
        environment,
        kind,
        change,
      ]),
    ).toEqual([
      ['dev', 'Deployment', 'modified'],
      ['dev', 'PodDisruptionBudget', 'deleted'],
      ['prod', 'PodDisruptionBudget', 'deleted'],
    ]);
  });

  it('reports the messages of Kustomize without absolute paths', async () => {
    await trees.edit(
      `${trees.overlay}/image.yaml`,
      'name: "feature-api"',
      'name: other',
    );
    const { failures } = await trees.validate();
    expect(failures['kustomize-build']).toEqual([
      expect.stringMatching(/^infra\/gitops\S+overlays\/dev: .*no matches/),
    ]);
    expect(JSON.stringify(failures)).not.toContain(tmpdir());

    await trees.write(`${trees.overlay}/replicas.yaml`, 'a: [\n');
    await trees.write(
      `${trees.directory}/overlays/qa/kustomization.yaml`,
      'resources: []\n',
    );
    await trees.write(`${trees.directory}/runs/dev/run.yaml`, 'just text\n');
    const messages = (await trees.validate()).failures['kustomize-build'].join(
      '\n',
    );
    expect(messages).toContain('"qa" is not an environment');
    expect(messages).toContain('runs/dev/run.yaml: Document 1 is not a');
    expect(messages).not.toContain(tmpdir());
  });

  it('checks the answers file, if there is one', async () => {
    const file = `${trees.overlay}/ml-platform.yaml`;
    await trees.edit(file, 'team: "app-ml-team"', 'team: app-data-team');
    expect((await trees.validate()).failures.answers).toEqual([
      `${file}: values.team must be app-ml-team. Edit the workload in the portal instead of this file.`,
    ]);
    await trees.write(file, 'values: {}\n');
    expect((await trees.validate()).failures.answers[0]).toContain(
      'template: ',
    );
    for (const environment of ['dev', 'prod']) {
      await rm(
        path.join(
          trees.root,
          trees.directory,
          `overlays/${environment}/ml-platform.yaml`,
        ),
      );
    }
    const { checks } = await trees.validate();
    expect(checks.find(({ id }) => id === 'answers')?.status).toBe('skipped');
  });

  it('stops when the signal aborts', async () => {
    const signal = AbortSignal.abort(new Error('the task was cancelled'));
    await expect(validateChange(trees.change, { signal })).rejects.toThrow(
      'the task was cancelled',
    );
  });
});

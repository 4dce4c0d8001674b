import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { validateChange } from '@internal/plugin-ml-platform-node/validation';
import { destructiveLines } from '../__testUtils__/destructiveLines';
import { failuresOf, TestRepository } from '../__testUtils__/TestRepository';

// Builds with the real Kustomize, before and after each change.
jest.setTimeout(240_000);

const workloads = 'infra/gitops/workloads';
const tenants = 'infra/gitops/tenants';
const roots = 'infra/terraform/compositions/teams';
const featureApi = `${workloads}/app-ml-team/feature-api`;
const training = `${workloads}/app-ml-team/churn-training`;
// By hand: their environments share a base.
const backend = `${workloads}/app-core-team/backend`;
const database = `${workloads}/app-core-team/core-database`;
const stream = `${workloads}/app-data-team/stream-processor`;
const run = 'churn-training-20261120-1.yaml';

describe('destructive changes of deployments', () => {
  const repository = TestRepository.forAll();

  const destructive = async () =>
    destructiveLines((await repository.check()).destructive);

  it('are none in a usual change', async () => {
    await repository.edit(
      `${featureApi}/overlays/prod/replicas.yaml`,
      /replicas: \d+/,
      'replicas: 3',
    );
    await repository.write(
      `${training}/runs/dev/churn-training-20261201-1.yaml`,
      repository
        .git('show', `HEAD:${training}/runs/dev/${run}`)
        .replaceAll('20261120', '20261201'),
    );
    repository.git(
      'mv',
      `${training}/runs/dev/${run}`,
      `${training}/runs/archive/dev/${run}`,
    );
    await repository.edit(
      `${training}/runs/archive/dev/${run}`,
      /^ {2}annotations:$/m,
      '  annotations:\n    ml-platform.io/outcome: succeeded\n    ml-platform.io/finished-at: "2026-11-21T00:00:00Z"',
    );
    const report = await repository.check();
    expect(failuresOf(report)).toEqual([]);
    expect(destructiveLines(report.destructive)).toEqual([]);
  });

  it('are workloads that are deleted, with the parts that are left behind', async () => {
    await repository.remove(`${featureApi}/overlays`);
    await repository.remove(`${roots}/app-ml-team/uat/feature-api.tf`);
    const parts = `${featureApi}/catalog-info.yaml (its page in the catalog). Remove these too, or keep the workload.`;
    const terraform = (environment: string) =>
      `${roots}/app-ml-team/${environment}/feature-api.tf (its cloud role, pod identity and image repository)`;
    expect(await destructive()).toEqual([
      `workload-removed dev → app-ml-team,platform: ${featureApi}/overlays/dev: feature-api is no longer deployed. Left behind: ${terraform(
        'dev',
      )}; ${parts}`,
      `workload-removed prod → app-ml-team,platform: ${featureApi}/overlays/prod: feature-api is no longer deployed. Left behind: the Application app-ml-team--feature-api--prod with everything that it deployed, because production is never deleted automatically: the platform team has to delete it; ${terraform(
        'prod',
      )}; ${parts}`,
      `workload-removed staging → app-ml-team,platform: ${featureApi}/overlays/staging: feature-api is no longer deployed. Left behind: ${terraform(
        'staging',
      )}; ${parts}`,
      `workload-removed uat → app-ml-team,platform: ${featureApi}/overlays/uat: feature-api is no longer deployed. Left behind: ${parts}`,
    ]);
  });

  it('are workloads that are deleted, and leave the base that their environments shared', async () => {
    await repository.remove(`${stream}/overlays`);
    const parts = `${stream}/catalog-info.yaml (its page in the catalog); ${stream}/base (manifests that nothing applies). Remove these too, or keep the workload.`;
    const text = 'stream-processor is no longer deployed. Left behind:';
    expect(await destructive()).toEqual([
      `workload-removed dev,staging,uat → app-data-team,platform: ${stream}: ${text} ${parts}`,
      `workload-removed prod → app-data-team,platform: ${stream}/overlays/prod: ${text} the Application app-data-team--stream-processor--prod with everything that it deployed, because production is never deleted automatically: the platform team has to delete it; ${parts}`,
    ]);
  });

  it('are no files of the platform that have the name of the workload', async () => {
    await repository.remove(`${workloads}/app-core-team/backend/overlays`);
    const changes = (await destructive()).join('\n');
    expect(changes).toContain('backend is no longer deployed');
    expect(changes).not.toContain('backend.tf');
  });

  it('are cloud resources of a workload that is still deployed, and volumes of one that is not', async () => {
    await repository.remove(`${roots}/app-ml-team/dev/feature-api.tf`);
    await repository.remove(`${database}/overlays/dev`);
    await repository.remove(`${database}/overlays/prod`);
    const changes = await destructive();
    expect(changes).toEqual([
      expect.stringContaining(
        `workload-removed dev → app-core-team,platform: ${database}/overlays/dev: core-database is no longer deployed.`,
      ),
      expect.stringContaining(
        `volume-lost dev → app-core-team: ${database}/overlays/dev: PersistentVolumeClaim core-database: is deleted, and its volume`,
      ),
      // Argo CD deletes nothing of production.
      expect.stringContaining(
        `workload-removed prod → app-core-team,platform: ${database}/overlays/prod: core-database is no longer deployed. Left behind: the Application`,
      ),
      `cloud-resources-removed dev → app-ml-team,platform: ${featureApi}/overlays/dev: The cloud role, pod identity and image repository of feature-api are deleted, and it is still deployed. Keep ${roots}/app-ml-team/dev/feature-api.tf, or remove the workload first.`,
    ]);
  });

  it('are images from another repository, whatever the tag', async () => {
    await repository.edit(
      `${featureApi}/overlays/dev/image.yaml`,
      /image: .*/,
      'image: ghcr.io/somebody/feature-api:1.0.0',
    );
    await repository.edit(
      `${featureApi}/overlays/uat/image.yaml`,
      /(image: "?[^:"\n]+:)[^"\n]+/,
      '$19.9.9',
    );
    expect(await destructive()).toEqual([
      expect.stringMatching(
        /^source-changed dev → app-ml-team: \S+overlays\/dev: Deployment feature-api: container server takes its image from ghcr\.io\/somebody\/feature-api \(was \S+\)\.$/,
      ),
    ]);
  });

  it('are objects that reach production from a shared base, not from its own', async () => {
    for (const base of [
      `${backend}/base`,
      `${featureApi}/overlays/dev/base`,
      `${featureApi}/overlays/prod/base`,
    ]) {
      await repository.edit(`${base}/service.yaml`, /port: \d+/, 'port: 81');
    }
    expect(await destructive()).toEqual([
      `production-from-base prod → app-core-team,platform: ${backend}/overlays/prod: backend changes in production because of files that all environments share: ${backend}/base/service.yaml. Changed objects: Service backend. Review it as a change of production.`,
    ]);
  });

  it('are components that change production of workloads and tenants', async () => {
    const quota = 'infra/gitops/components/tier-medium/resourcequota.yaml';
    await repository.edit(quota, 'pods: "120"', 'pods: "110"');
    const service = 'infra/gitops/components/postgresql/service.yaml';
    await repository.edit(service, 'port: 5432', 'port: 5433');
    const changes = await destructive();
    expect(changes).toContainEqual(
      expect.stringMatching(
        `^production-from-base prod → app-core-team,platform: ${database}/overlays/prod: core-database changes in production because of files that all environments share: .*${service}`,
      ),
    );
    expect(changes).toContainEqual(
      expect.stringMatching(
        `^production-from-base prod → platform: ${tenants}/app-ml-team/overlays/prod: app-ml-team changes in production .*${quota}.* Changed objects: ResourceQuota tenant\\.`,
      ),
    );
    expect(changes.every(line => line.startsWith('production-from-base'))).toBe(
      true,
    );
  });

  it('say when they are not known, because a side does not build', async () => {
    await repository.write(
      `${featureApi}/overlays/dev/replicas.yaml`,
      'a: [\n',
    );
    await repository.write(
      `${featureApi}/overlays/uat/replicas.yaml`,
      'a: [\n',
    );
    const report = await repository.check();
    expect(report.destructive).toEqual([]);
    expect(
      report.sections
        .flatMap(({ checks }) => checks)
        .find(({ id }) => id === 'destructive'),
    ).toMatchObject({
      status: 'skipped',
      messages: [
        {
          text: 'Not compared with the base, because it cannot be built before or after the change: dev, uat.',
        },
      ],
    });
  });

  it('are the same in the preview', async () => {
    const before = await mkdtemp(path.join(tmpdir(), 'preview-base-'));
    try {
      repository.git('worktree', 'add', '--quiet', '--detach', before, 'HEAD');
      await repository.edit(
        `${database}/base/kustomization.yaml`,
        /$/,
        `patches:
  - target: { kind: PersistentVolumeClaim }
    patch: '- { op: add, path: /spec/storageClassName, value: fast }'
`,
      );
      await repository.remove(`${database}/overlays/uat`);
      await repository.edit(
        `${database}/overlays/dev/size.yaml`,
        '- name: postgresql',
        '- name: postgresql\n          image: ghcr.io/somebody/postgres:17.5',
      );
      const report = await repository.check();
      const { destructive: previewed } = await validateChange({
        root: repository.directory,
        before,
        team: 'app-core-team',
        workload: 'core-database',
        rootDirectory: 'infra',
        environments: ['dev', 'prod', 'staging', 'uat'].map(name => ({
          name,
          cluster: 'shared',
          namespaceSuffix: name === 'prod' ? '' : `-${name}`,
        })),
        changedPaths: report.changedFiles,
      });
      expect(previewed).toEqual(report.destructive);
      expect(previewed.map(({ code }) => code)).toEqual([
        'volume-lost',
        'source-changed',
        'production-from-base',
        'workload-removed',
        'volume-lost',
      ]);
    } finally {
      repository.git('worktree', 'remove', '--force', before);
      await rm(before, { recursive: true, force: true });
    }
  });
});

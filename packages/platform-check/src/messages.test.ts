import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deployableKinds } from '@internal/plugin-ml-platform-node/validation';
import type { Report } from './Report';
import { markdownReport } from './report/markdownReport';
import { terminalReport } from './report/terminalReport';
import { failuresOf, TestRepository } from './__testUtils__/TestRepository';

const workloads = 'infra/gitops/workloads';
const featureApi = `${workloads}/app-ml-team/feature-api`;
const mlBackend = `${workloads}/app-ml-team/ml-backend`;
// By hand: their environments share a base.
const backend = `${workloads}/app-core-team/backend`;
const frontend = `${workloads}/app-core-team/frontend`;
const tenant = 'infra/gitops/tenants/app-ml-team/overlays/staging';

const BOMB = [
  'a: &a [x,x,x,x,x,x,x,x,x,x]',
  ...[...'bcdefghi'].map(
    (key, index) =>
      `${key}: &${key} [${Array(10).fill(`*${'abcdefghi'[index]}`)}]`,
  ),
].join('\n');

function checksOf({ sections }: Report, title: string) {
  const section = sections.find(candidate => candidate.title === title);
  return Object.fromEntries(
    (section?.checks ?? []).map(({ id, status, messages }) => [
      id,
      { status, messages: messages.map(({ text }) => text) },
    ]),
  );
}

describe('messages of the check', () => {
  const repository = TestRepository.forAll();

  it('never call something valid that was not looked at', async () => {
    await repository.write(
      `${featureApi}/overlays/dev/replicas.yaml`,
      'a: [\n',
    );
    const checks = checksOf(
      await repository.check(),
      'app-ml-team/feature-api',
    );
    expect(checks['kustomize-build'].status).toBe('failed');
    for (const id of ['schemas', 'namespaces', 'policies']) {
      expect(checks[id]).toEqual({
        status: 'skipped',
        messages: [
          `Not everything was checked, because this does not build: ${featureApi}/overlays/dev.`,
        ],
      });
    }
  });

  it('name checks that wait for others, and workloads that nothing deploys', async () => {
    await repository.write(
      `${featureApi}/overlays/dev/kustomization.yaml`,
      'resources: [../../../ml-backend/overlays/dev/base]\n',
    );
    const base = `${workloads}/app-ml-team/empty/base/kustomization.yaml`;
    await repository.write(base, 'resources: []\n');
    const report = await repository.check();
    const waiting = checksOf(report, 'app-ml-team/feature-api');
    expect(waiting.references.status).toBe('failed');
    expect(waiting.schemas).toEqual({
      status: 'skipped',
      messages: [
        'Not checked until this is solved: Kustomizations only load files of the workload and of the platform.',
      ],
    });
    const empty = checksOf(report, 'app-ml-team/empty');
    for (const id of ['kustomize-build', 'schemas', 'namespaces', 'policies']) {
      expect(empty[id]).toEqual({
        status: 'skipped',
        messages: [
          'Nothing is deployed: no environment has an overlay or a run.',
        ],
      });
    }
  });

  it('name every file that cannot be read, and the problems of the others', async () => {
    const binary = path.join(
      repository.directory,
      `${workloads}/app-data-team/data-api/overlays/dev/size.yaml`,
    );
    await writeFile(binary, Buffer.from([0x61, 0x3a, 0xff, 0xfe, 0x0a]));
    const large = `${frontend}/base/big.yaml`;
    await repository.write(large, '#'.repeat(2_000_000));
    const bombs = [
      `${mlBackend}/overlays/dev/kustomization.yaml`,
      `${workloads}/app-ml-team/churn-training/runs/dev/bomb.yaml`,
      `${backend}/overlays/dev/ml-platform.yaml`,
      `${tenant}/kustomization.yaml`,
      'infra/gitops/policies/exact-images.yaml',
      'infra/gitops/platform/queues/kustomization.yaml',
    ];
    for (const file of bombs) {
      await repository.write(file, BOMB);
    }
    await repository.edit(
      `${featureApi}/overlays/dev/base/poddisruptionbudget.yaml`,
      'policy/v1',
      'policy/v1beta1',
    );
    const failures = failuresOf(await repository.check());
    for (const file of [
      `${workloads}/app-data-team/data-api/overlays/dev/size.yaml`,
      large,
      ...bombs,
    ]) {
      const isNamed = failures.some(
        text =>
          text.includes(file) ||
          (text.startsWith(`${path.dirname(file)}: `) &&
            text.includes(path.basename(file))),
      );
      expect({ file, isNamed }).toEqual({ file, isNamed: true });
    }
    expect(failures).toContainEqual(
      expect.stringContaining(
        'PodDisruptionBudget feature-api: apiVersion is policy/v1beta1, but must be policy/v1.',
      ),
    );
    expect(failures.filter(text => /run\.go|err=|^E\d{4}/.test(text))).toEqual(
      [],
    );
  });

  it('name each environment once', async () => {
    await repository.edit(
      `${featureApi}/overlays/dev/replicas.yaml`,
      /replicas: \d+/,
      'replicas: many',
    );
    await repository.edit(
      `${backend}/base/service.yaml`,
      'spec:',
      'spec:\n  type: Nowhere',
    );
    const run = `${workloads}/app-ml-team/churn-training/runs/dev/churn-training-20261120-1.yaml`;
    await repository.edit(run, 'backoffLimit: 1', 'backoffLimit: one');
    await repository.edit(
      `${frontend}/base/deployment.yaml`,
      'apps/v1',
      'apps/v1beta1',
    );
    const failures = failuresOf(await repository.check());
    expect(failures).toEqual(
      expect.arrayContaining([
        `${featureApi}/overlays/dev: Deployment feature-api: spec.replicas is "many", but must be a whole number, without quotes.`,
        expect.stringMatching(
          new RegExp(
            `^${backend}: Service backend: .* \\(dev, prod, staging, uat\\)$`,
          ),
        ),
        expect.stringMatching(
          new RegExp(`^${run}: Job churn-training-20261120-1: .*[^)]$`),
        ),
        expect.stringMatching(
          new RegExp(
            `^${frontend}: A patch targets Deployment frontend .* \\(dev, prod, staging, uat\\)$`,
          ),
        ),
      ]),
    );
    expect(new Set(failures).size).toBe(failures.length);
  });

  it('begin with counts by kind in a repository that was not written for the platform', async () => {
    const overlay = `${workloads}/app-ml-team/foreign/overlays/dev`;
    const objects = [
      ...Array.from({ length: 12 }, (_, index) => ({
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        kind: 'HelmRelease',
        metadata: { name: `release-${index}` },
      })),
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'reader' },
      },
    ];
    await repository.write(
      `${overlay}/kustomization.yaml`,
      'namespace: app-ml-team-dev\nresources: [objects.yaml]\n',
    );
    await repository.write(
      `${overlay}/objects.yaml`,
      objects.map(object => JSON.stringify(object)).join('\n---\n'),
    );
    const report = await repository.check();
    const sorts = [
      '12 × HelmRelease: Objects are valid and of allowed kinds',
      '1 × ClusterRole: Objects are valid and of allowed kinds',
    ];
    expect(terminalReport(report)).toMatch(
      new RegExp(
        `^= Problems by kind\n(?: +\\| \\d+ × .*\n)* +\\| ${sorts[0]}\n`,
      ),
    );
    for (const sort of sorts) {
      expect(terminalReport(report)).toContain(`         | ${sort}\n`);
      expect(markdownReport(report)).toContain(`- ${sort}\n`);
    }
    expect(markdownReport(report).indexOf('Problems by kind')).toBeLessThan(
      markdownReport(report).indexOf('release-0'),
    );
  });

  it('recommend only kinds that teams may deploy', async () => {
    const checkout = path.resolve(__dirname, '../../..');
    const recommended = new Set<string>();
    for (const directory of [
      'packages/platform-rules/src',
      'packages/platform-check/src',
      'plugins/ml-platform-node/src/validation',
      'plugins/ml-platform-node/src/kustomize',
      'infra/gitops/policies',
    ]) {
      const files = await readdir(path.join(checkout, directory), {
        recursive: true,
      });
      for (const file of files.filter(name =>
        /(?<!test)\.(ts|yaml)$/.test(name),
      )) {
        const text = await readFile(
          path.join(checkout, directory, file),
          'utf8',
        );
        for (const [, kind] of text.matchAll(
          /\b(?:[Uu]se|[Ww]rite|[Aa]dd|[Cc]reate|[Dd]eploy) an? ([A-Z][a-z]+[A-Za-z]*)\b/g,
        )) {
          recommended.add(kind);
        }
      }
    }
    const deployable = deployableKinds.map(({ kind }) => kind);
    expect(recommended).toContain('ExternalSecret');
    expect([...recommended].filter(kind => !deployable.includes(kind))).toEqual(
      [],
    );
  });
});

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  BlockedImagesFile,
  MAX_BLOCKED,
} from '@internal/plugin-ml-platform-node/validation';
import { FailSafeRepository } from '../__testUtils__/FailSafeRepository';
import { readFailSafeCases } from '../__testUtils__/failSafeCorpus';
import { PolicedCluster } from '../__testUtils__/PolicedCluster';

jest.setTimeout(600_000);

const cases = readFailSafeCases();
const caseOf = (name: string) => {
  const found = cases.find(candidate => candidate.name === name);
  if (!found) {
    throw new Error(`There is no case ${name}`);
  }
  return found;
};

describe('the corpus of blocked images, on a real API server', () => {
  let cluster: PolicedCluster;
  let repository: FailSafeRepository;
  let parameters: string;

  beforeAll(async () => {
    repository = await FailSafeRepository.create(cases);
    cluster = await PolicedCluster.start([
      ...cases.map(({ team, environment, restored }) => ({
        team,
        environment,
        labels: restored ? { 'ml-platform.io/restore': 'yes' } : undefined,
      })),
      { team: 'app-ml-team', environment: 'dev' },
    ]);
    for (const { oldText } of cases) {
      if (oldText !== undefined) {
        await cluster.apply(oldText);
      }
    }
    await cluster.enforcePolicies();
    parameters = await readFile(
      path.join(
        repository.directory,
        'infra/gitops/policies/blocked-images.yaml',
      ),
      'utf8',
    );
    await cluster.apply(parameters);
    await cluster.untilRejected(caseOf('new-in-prod').text);
  });

  afterAll(async () => {
    await cluster.stop();
    await repository.delete();
  });

  it.each(cases.filter(({ refusal }) => refusal.cluster === undefined))(
    '$name: accepted',
    async ({ text }) => {
      expect(await cluster.verdictOf(text)).toBe('');
    },
  );

  it.each(cases.filter(({ refusal }) => refusal.cluster !== undefined))(
    '$name: refused',
    async ({ text, refusal }) => {
      expect(await cluster.verdictOf(text)).toContain(refusal.cluster);
    },
  );

  it('lets controllers make jobs of what was judged before', async () => {
    const { text } = caseOf('job-new');
    const asController = (name: string) => [
      `--as=system:serviceaccount:${name}`,
      '--as-group=system:masters',
    ];
    expect(
      await cluster.rejectionOf(
        text,
        asController('jobset-system:jobset-controller'),
      ),
    ).toBe('');
    expect(
      await cluster.rejectionOf(text, asController('argocd:argocd-server')),
    ).toContain('is not newly deployed to prod');
  });

  it('scales, restarts and deletes what runs', async () => {
    const { namespace, name } = caseOf('scaled');
    const kubectl = (...args: string[]) =>
      cluster.rejection(() =>
        cluster.kubectl([...args, `--namespace=${namespace}`]),
      );
    expect(await kubectl('scale', 'deployment', name, '--replicas=4')).toBe('');
    expect(await kubectl('rollout', 'restart', `deployment/${name}`)).toBe('');
    expect(await kubectl('delete', 'deployment', name)).toBe('');
  });

  it('judges in time with as many entries as there can be', async () => {
    const file = new BlockedImagesFile(parameters);
    const more = Array.from(
      { length: MAX_BLOCKED - file.blocked.length },
      (_, index) => ({
        image: 'ghcr.io/acme/unknown:1.0.0',
        vulnerability: `CVE-2026-${index}`,
        since: '2026-01-01',
        fixes: `a-package-with-a-long-name=1.2.${index}`,
      }),
    );
    const blocked = [...file.blocked, ...more];
    await cluster.apply(file.textWith(blocked, file.exceptions));
    await cluster.untilRejected(caseOf('unknown-image').text);
    expect(await cluster.verdictOf(caseOf('new-in-prod').text)).toContain(
      'is not newly deployed to prod',
    );
    expect(await cluster.verdictOf(caseOf('fixed-version').text)).toBe('');
    expect(await cluster.verdictOf(caseOf('other-settings').text)).toBe('');
  });

  it('refuses everything new without its parameters', async () => {
    await cluster.kubectl([
      'delete',
      'configmap',
      'blocked-images',
      '--namespace=ml-platform-policies',
    ]);
    const { text } = caseOf('fixed-version');
    await cluster.untilRejected(text);
    expect(await cluster.verdictOf(text)).toContain('no params found');
  });
});

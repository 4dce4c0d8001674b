import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { destructiveLines } from '../__testUtils__/destructiveLines';
import { TestRepository } from '../__testUtils__/TestRepository';

// Builds with the real Kustomize, before and after each change.
jest.setTimeout(240_000);

const workloads = 'infra/gitops/workloads/app-ml-team';
const mlBackend = `${workloads}/ml-backend/overlays`;
const features =
  'infra/terraform/compositions/teams/app-ml-team/dev/features.tf';

/** Ways to lose data that a reviewer of the change would not see. */
describe('destructive changes that do not look like it', () => {
  const repository = TestRepository.forAll();

  const destructive = async () =>
    destructiveLines((await repository.check()).destructive);

  /** Makes a first change the base of the second one, and takes both back. */
  async function after(first: () => Promise<void>, then: () => Promise<void>) {
    const base = repository.git('rev-parse', 'HEAD').trim();
    await first();
    repository.commit();
    try {
      await then();
      return await destructive();
    } finally {
      repository.git('reset', '--quiet', '--hard', base);
      repository.commit();
    }
  }

  async function withoutBucket(instead: string) {
    const text = await readFile(
      path.join(repository.directory, features),
      'utf8',
    );
    await repository.write(
      features,
      text.replace(/ {2}bucket = \{[^]*(?= {2}environment)/, instead),
    );
  }

  const removed = `bucket-removed dev → app-ml-team: ${workloads}/features/overlays/dev: The bucket app-ml-team--features--dev is deleted with its old versions once it is empty.`;

  it('are a bucket that only a comment still has', async () => {
    await withoutBucket('/*\n  bucket = {\n*/\n');
    expect(await destructive()).toEqual([expect.stringContaining(removed)]);
  });

  it('are a bucket that was written in another way', async () => {
    const lines = await after(
      () => withoutBucket('\tbucket={ keep_old_versions_days = 7 }\n'),
      () => repository.edit(features, /\tbucket=.*\n/, ''),
    );
    expect(lines).toEqual([expect.stringContaining(removed)]);
  });

  it('are a bucket that deletes its objects earlier', async () => {
    await repository.edit(features, '= 90', '= 1');
    await repository.edit(features, '= 7', '= "1"');
    const about = `bucket-emptied dev → app-ml-team: ${workloads}/features/overlays/dev: The bucket app-ml-team--features--dev`;
    expect(await destructive()).toEqual([
      `${about} deletes its objects after 1 days (was 90): all that are older go at once. Save what is needed first.`,
      `${about} keeps what was overwritten or deleted for 1 days (was 7).`,
    ]);
  });

  it.each([
    ['a hook', 'argocd.argoproj.io/hook: PreSync', /becomes a hook/],
    ['a hook of Helm', 'helm.sh/hook: pre-install', /becomes a hook/],
    [
      'made anew',
      'argocd.argoproj.io/sync-options: Replace=true, Force=true',
      /has the option Force=true/,
    ],
    [
      'no longer asked for',
      'argocd.argoproj.io/sync-options: Prune=true',
      /loses Prune=confirm and Delete=confirm/,
    ],
  ])('are a claim that is %s', async (_, annotation, text) => {
    await repository.edit(
      `${mlBackend}/prod/base/persistentvolumeclaim.yaml`,
      /argocd.*/,
      annotation,
    );
    const lines = await destructive();
    expect(lines.join('\n')).toMatch(text);
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^volume-lost prod → app-ml-team,platform: .*PersistentVolumeClaim ml-backend: /,
      ),
    );
  });

  it('are a claim beside a run', async () => {
    const runs = `${workloads}/churn-training/runs`;
    const lines = await after(
      () =>
        repository.write(
          `${runs}/dev/data.yaml`,
          `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: app-ml-team-dev }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`,
        ),
      async () => {
        repository.git(
          'mv',
          `${runs}/dev/data.yaml`,
          `${runs}/archive/dev/data.yaml`,
        );
      },
    );
    expect(lines).toEqual([
      expect.stringContaining(
        `volume-lost dev → app-ml-team: ${runs}/dev: PersistentVolumeClaim data: is deleted`,
      ),
    ]);
  });

  it('are changes of an environment that production loads', async () => {
    const service = `${mlBackend}/staging/base/service.yaml`;
    const lines = await after(
      () =>
        repository.edit(
          `${mlBackend}/prod/kustomization.yaml`,
          '- base\n',
          '- ../staging/base\n',
        ),
      () =>
        repository.edit(
          service,
          'spec:',
          'spec:\n  publishNotReadyAddresses: true',
        ),
    );
    expect(lines).toEqual([
      expect.stringMatching(
        `^production-from-base prod → app-ml-team,platform: .*${service}. Changed objects: Service ml-backend`,
      ),
    ]);
  });
});

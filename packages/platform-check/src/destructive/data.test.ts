import { destructiveLines } from '../__testUtils__/destructiveLines';
import { TestRepository } from '../__testUtils__/TestRepository';

// Builds with the real Kustomize, before and after each change.
jest.setTimeout(240_000);

const workloads = 'infra/gitops/workloads';
const featureApi = `${workloads}/app-ml-team/feature-api`;
const mlBackend = `${workloads}/app-ml-team/ml-backend`;
const training = `${workloads}/app-ml-team/churn-training`;
const database = `${workloads}/app-core-team/core-database`;
const dataDatabase = `${workloads}/app-data-team/data-database`;
const run = 'churn-training-20261120-1.yaml';
const archived = `${training}/runs/archive/dev/churn-training-20261112-1.yaml`;

describe('destructive changes of data', () => {
  const repository = TestRepository.forAll();

  const destructive = async () =>
    destructiveLines((await repository.check()).destructive);

  it('are volumes that shrink, go or are replaced', async () => {
    await repository.edit(
      `${database}/overlays/prod/volume.yaml`,
      /storage: .*/,
      'storage: 1Gi',
    );
    for (const environment of ['dev', 'prod', 'staging', 'uat']) {
      await repository.edit(
        `${mlBackend}/overlays/${environment}/base/kustomization.yaml`,
        /.*persistentvolumeclaim.*\n/,
        '',
      );
    }
    await repository.edit(
      `${dataDatabase}/base/kustomization.yaml`,
      'patches:',
      `patches:
  - target: { kind: PersistentVolumeClaim }
    patch: '- { op: add, path: /spec/storageClassName, value: fast }'`,
    );
    expect(await destructive()).toEqual([
      `volume-lost prod → app-core-team,platform: ${database}/overlays/prod: PersistentVolumeClaim core-database: storage shrinks from 50Gi to 1Gi. Kubernetes refuses to shrink a volume; a new one is empty. Keep 50Gi, or copy the data to a new claim.`,
      expect.stringMatching(
        /^volume-lost dev,prod,staging,uat → app-data-team,platform: \S+data-database: PersistentVolumeClaim data-database: storageClassName cannot be changed/,
      ),
      expect.stringMatching(
        /^production-from-base prod → app-data-team,platform: .*base\/kustomization\.yaml\. Changed objects: PersistentVolumeClaim data-database\. /,
      ),
      expect.stringMatching(
        /^volume-lost dev,prod,staging,uat → app-ml-team,platform: \S+ml-backend: PersistentVolumeClaim \S+: is deleted, and its volume \(\S+\) with everything on it\. Save the data first, or keep the claim\. Deployment ml-backend still mounts it\.$/,
      ),
    ]);
  });

  it('are volumes of a StatefulSet, and its retention', async () => {
    const stateful = (spec: string) => `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: cache, namespace: app-ml-team-dev }
spec:
  serviceName: cache
  selector: { matchLabels: { app: cache } }
  template: { metadata: { labels: { app: cache } }, spec: { containers: [{ name: cache, image: docker.io/valkey/valkey:8.1.0 }] } }
${spec}`;
    const claim = (name: string, storage: string, more = '') =>
      `    - metadata: { name: ${name} }\n      spec: { accessModes: [ReadWriteOnce], ${more}resources: { requests: { storage: ${storage} } } }\n`;
    const file = `${featureApi}/overlays/dev/cache.yaml`;
    await repository.edit(
      `${featureApi}/overlays/dev/kustomization.yaml`,
      'resources:',
      'resources:\n  - cache.yaml',
    );
    await repository.write(
      file,
      stateful(
        `  replicas: 3\n  volumeClaimTemplates:\n${claim('a', '10Gi')}${claim(
          'b',
          '10Gi',
        )}${claim('c', '10Gi')}`,
      ),
    );
    const base = repository.git('rev-parse', 'HEAD').trim();
    repository.commit();
    try {
      await repository.write(
        file,
        stateful(
          `  replicas: 2\n  persistentVolumeClaimRetentionPolicy: { whenScaled: Delete }\n  volumeClaimTemplates:\n${claim(
            'a',
            '9Gi',
          )}${claim('b', '20Gi', 'storageClassName: fast, ')}`,
        ),
      );
      const texts = (await destructive()).map(line =>
        line.replace(/^.*StatefulSet cache: /, ''),
      );
      expect(texts).toEqual([
        expect.stringMatching(
          /^volumeClaimTemplates a: storage shrinks from 10Gi to 9Gi/,
        ),
        expect.stringMatching(
          /^volumeClaimTemplates b: storageClassName cannot be changed/,
        ),
        'volumeClaimTemplates c is removed: pods start without what is on these volumes.',
        'persistentVolumeClaimRetentionPolicy.whenScaled becomes Delete: from then on its volumes are deleted when it is scaled down.',
        'replicas go from 3 to 2, and the volumes of the others are deleted (whenScaled: Delete).',
      ]);
      await repository.edit(
        `${featureApi}/overlays/dev/kustomization.yaml`,
        '\n  - cache.yaml',
        '',
      );
      expect(await destructive()).toEqual([
        `volume-lost dev → app-ml-team: ${featureApi}/overlays/dev: StatefulSet cache: is deleted; its volumes (a, b, c) stay behind without anything that uses them.`,
        `object-removed dev → app-ml-team: ${featureApi}/overlays/dev: StatefulSet cache: is deleted, and its pods stop.`,
      ]);
    } finally {
      repository.git('reset', '--quiet', '--hard', base);
      repository.commit();
    }
  });

  it.each([
    [
      'is edited',
      () =>
        repository.edit(
          `${training}/runs/dev/${run}`,
          'backoffLimit: 1',
          'backoffLimit: 2',
        ),
      `run-changed dev → app-ml-team: ${training}/runs/dev/${run}: A run is complete and frozen`,
    ],
    [
      'is deleted',
      () => repository.remove(`${training}/runs/dev/${run}`),
      `run-changed dev → app-ml-team: ${training}/runs/dev/${run}: The run is stopped, and deleted with its logs and its record.`,
    ],
    [
      'is archived with other content',
      async () => {
        repository.git(
          'mv',
          `${training}/runs/dev/${run}`,
          `${training}/runs/archive/dev/${run}`,
        );
        await repository.edit(
          `${training}/runs/archive/dev/${run}`,
          'backoffLimit: 1',
          'backoffLimit: 2',
        );
      },
      `archived-run-changed dev → app-ml-team,platform: ${training}/runs/dev/${run}: The run is archived with other content`,
    ],
    [
      'is moved back from the archive',
      async () => {
        repository.git('mv', archived, archived.replace('archive/', ''));
      },
      `archived-run-changed dev → app-ml-team,platform: ${archived}: An archived run is wanted again`,
    ],
    [
      'is edited in the archive',
      () => repository.edit(archived, 'backoffLimit: 1', 'backoffLimit: 2'),
      `archived-run-changed dev → app-ml-team,platform: ${archived}: The record of an archived run is changed.`,
    ],
    [
      'is deleted from the archive',
      () => repository.remove(archived),
      `archived-run-changed dev → app-ml-team,platform: ${archived}: The record of an archived run is deleted.`,
    ],
  ])('are a run that %s', async (_, seed, expected) => {
    await seed();
    expect(await destructive()).toEqual([expect.stringContaining(expected)]);
  });
});

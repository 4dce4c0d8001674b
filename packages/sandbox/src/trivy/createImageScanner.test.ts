import { ObjectStore } from '../kubernetes/ObjectStore';
import { createImageScanner } from './createImageScanner';

const now = Date.parse('2026-11-23T12:00:00Z');

function scan(images: Record<string, string>) {
  const store = new ObjectStore({ now: () => now });
  const owner = store.create({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: 'scorer-5d4f',
      namespace: 'app-ml-team-dev',
      labels: { 'backstage.io/kubernetes-id': 'scorer' },
    },
    spec: {
      replicas: 1,
      template: {
        spec: {
          containers: Object.entries(images).map(([name, image]) => ({
            name,
            image,
          })),
        },
      },
    },
  });
  const run = (seconds: number) => {
    const requeues: number[] = [];
    createImageScanner()({
      store,
      now: now + seconds * 1000,
      requeueAt: time => requeues.push(time),
    });
    return requeues;
  };
  return {
    store,
    owner,
    run,
    reports: () => store.list('vulnerabilityreports'),
  };
}

describe('createImageScanner', () => {
  it('creates reports of images in the sample data after a delay', () => {
    const { run, reports, owner } = scan({
      server: 'ghcr.io/mlflow/mlflow:v2.20.3',
    });
    expect(run(0)).toEqual([now + 3000]);
    expect(reports()).toEqual([]);

    run(3);
    expect(reports()).toEqual([
      expect.objectContaining({
        metadata: expect.objectContaining({
          name: 'replicaset-scorer-5d4f-server',
          namespace: 'app-ml-team-dev',
          labels: expect.objectContaining({
            'backstage.io/kubernetes-id': 'scorer',
            'trivy-operator.container.name': 'server',
            'trivy-operator.resource.kind': 'ReplicaSet',
          }),
          annotations: {
            'ml-platform.io/sample-data': '2026-11-20T06:00:00Z',
          },
          ownerReferences: [
            expect.objectContaining({ uid: owner.metadata.uid }),
          ],
        }),
        report: expect.objectContaining({
          artifact: { repository: 'mlflow/mlflow', tag: 'v2.20.3' },
          registry: { server: 'ghcr.io' },
          summary: expect.objectContaining({ criticalCount: 3 }),
        }),
      }),
    ]);
  });

  it('sets all fields that the CustomResourceDefinition requires', () => {
    const { run, reports } = scan({ server: 'ghcr.io/mlflow/mlflow:v2.20.3' });
    run(3);
    const { vulnerabilities } = reports()[0].report as {
      vulnerabilities: object[];
    };

    expect(Object.keys(vulnerabilities[0])).toEqual(
      expect.arrayContaining([
        'fixedVersion',
        'installedVersion',
        'lastModifiedDate',
        'publishedDate',
        'resource',
        'severity',
        'title',
        'vulnerabilityID',
      ]),
    );
  });

  it('creates an empty report for a clean image, and none for an unknown one', () => {
    const { run, reports } = scan({
      clean: 'docker.io/nginxinc/nginx-unprivileged:1.27.4-alpine',
      unknown: 'example.com/unknown:1.0.0',
    });
    run(3);
    expect(reports()).toHaveLength(1);
    expect(reports()[0].report).toMatchObject({ vulnerabilities: [] });
  });

  it('deletes the reports of a ReplicaSet without replicas', () => {
    const { store, owner, run, reports } = scan({
      server: 'ghcr.io/mlflow/mlflow:v2.20.3',
    });
    run(3);
    store.update({ ...owner, spec: { ...owner.spec, replicas: 0 } });
    run(4);
    expect(reports()).toEqual([]);
  });
});

import { TestCluster } from '../__testUtils__/TestCluster';
import { items } from '../kubernetes/KubernetesObject';

describe('StatefulSets', () => {
  let cluster: TestCluster;
  beforeEach(async () => {
    cluster = await TestCluster.create();
  });
  afterEach(() => cluster.remove());

  it('start their pods one after the other, with their volume claims', () => {
    const set = (image: string) => `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 2
  serviceName: db
  selector: {matchLabels: {app: db}}
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: '${image}'}]}}
  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
`;
    const names = (plural: string) =>
      cluster.list(plural).map(({ metadata }) => metadata.name);
    cluster.apply(set('example.com/db:1'));
    expect(names('pods')).toEqual(['db-0']);
    cluster.advance(5);
    expect(names('pods')).toEqual(['db-0', 'db-1']);
    expect(names('persistentvolumeclaims')).toEqual(['data-db-0', 'data-db-1']);
    cluster.apply(set('example.com/db:2'));
    cluster.advance(10);
    expect(
      cluster.list('pods').map(pod => items(pod, 'spec.containers')[0].image),
    ).toEqual(['example.com/db:2', 'example.com/db:2']);
    expect(cluster.get('statefulsets', 'db')?.status).toMatchObject({
      readyReplicas: 2,
      updatedReplicas: 2,
      currentReplicas: 2,
    });
  });
});

import { deploymentManifest } from '../__testUtils__/manifests';
import { TestCluster } from '../__testUtils__/TestCluster';
import { items } from '../kubernetes/KubernetesObject';

const SERVICE = `
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: 8080}]
`;

describe('the objects that controllers derive', () => {
  let cluster: TestCluster;
  beforeEach(async () => {
    cluster = await TestCluster.create();
  });
  afterEach(() => cluster.remove());

  it('include the endpoints of a Service: those of pods that are ready, and of others', () => {
    cluster.apply(deploymentManifest({}));
    cluster.apply(SERVICE);
    const endpoints = () => cluster.get('endpoints', 'web');
    const slices = () => cluster.list('endpointslices');
    expect(endpoints()).not.toHaveProperty('subsets');
    expect(slices()[0]).toMatchObject({ addressType: 'IPv4', endpoints: [] });

    cluster.advance(10);
    const addresses = cluster.list('pods').map(({ status }) => status?.podIP);
    expect(endpoints()).toMatchObject({
      subsets: [
        {
          addresses: addresses.map(ip => ({ ip, targetRef: { kind: 'Pod' } })),
          ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
        },
      ],
    });
    expect(slices()).toMatchObject([
      {
        metadata: { labels: { 'kubernetes.io/service-name': 'web' } },
        endpoints: addresses.map(ip => ({
          addresses: [ip],
          conditions: { ready: true, serving: true, terminating: false },
        })),
        ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      },
    ]);

    cluster.apply(
      deploymentManifest({
        replicas: 1,
        labels: ', simulation.ml-platform.io/outcome: hang',
      }),
    );
    cluster.advance(10);
    const [subset] = items(endpoints(), 'subsets');
    expect(items(subset, 'notReadyAddresses')).toHaveLength(1);

    cluster.store.delete(cluster.get('services', 'web')!);
    cluster.advance(1);
    expect(endpoints()).toBeUndefined();
    expect(slices()).toEqual([]);
  });

  it('include the default ServiceAccount and the root certificate of each namespace', () => {
    expect(cluster.get('serviceaccounts', 'default')).toBeDefined();
    expect(cluster.get('configmaps', 'kube-root-ca.crt')).toMatchObject({
      data: { 'ca.crt': expect.stringMatching(/^-----BEGIN CERTIFICATE-----/) },
    });
  });
});

import { TestCluster } from '../__testUtils__/TestCluster';
import { text } from '../kubernetes/KubernetesObject';

const external = (spec: object) =>
  JSON.stringify({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'credentials' },
    spec,
  });

/** A pod template that reads the key `password` of the Secret `credentials`. */
const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: server
          image: example.com/web:1
          env: [{name: X, valueFrom: {secretKeyRef: {name: credentials, key: password}}}]
`;

describe('ExternalSecrets', () => {
  let cluster: TestCluster;
  beforeEach(async () => {
    cluster = await TestCluster.create();
  });
  afterEach(() => cluster.remove());

  it.each([
    [{ data: [{ secretKey: 'password' }] }, 'Running'],
    [{ dataFrom: [{ extract: { key: 'app' } }] }, 'Running'],
    [{ data: [{ secretKey: 'token' }] }, 'CreateContainerConfigError'],
    [
      { target: { name: 'other' }, data: [{ secretKey: 'password' }] },
      'CreateContainerConfigError',
    ],
  ])('make Secrets that pods can read: %j', (spec, state) => {
    cluster.apply(external(spec));
    cluster.apply(DEPLOYMENT);
    cluster.advance(5);
    expect(cluster.podStates()).toEqual([state]);
    expect(cluster.conditions('externalsecrets', 'credentials')).toEqual([
      'Ready=True SecretSynced',
    ]);
  });

  it('take their Secrets with them', () => {
    cluster.apply(external({ data: [{ secretKey: 'password' }] }));
    const secret = cluster.get('secrets', 'credentials');
    expect(text(secret, 'type')).toBe('Opaque');
    cluster.store.delete(cluster.get('externalsecrets', 'credentials')!);
    cluster.advance(1);
    expect(cluster.get('secrets', 'credentials')).toBeUndefined();
  });
});

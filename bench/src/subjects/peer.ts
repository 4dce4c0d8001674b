/**
 * The peer of our cluster store: informers of `@kubernetes/client-node`, used as its documentation shows. They watch only four
 * of the types that the fixture serves.
 */
import {
  CustomObjectsApi,
  CoreV1Api,
  KubeConfig,
  makeInformer,
  type KubernetesListObject,
  type KubernetesObject,
} from '@kubernetes/client-node';
import { runSubject } from './Subject';

const customResource = (group: string, plural: string) => ({
  path: `/apis/${group}/v1alpha1/${plural}`,
  list: (kubeConfig: KubeConfig) =>
    kubeConfig.makeApiClient(CustomObjectsApi).listClusterCustomObject({
      group,
      version: 'v1alpha1',
      plural,
    }) as Promise<KubernetesListObject<KubernetesObject>>,
});

const types = [
  {
    path: '/api/v1/namespaces',
    list: (kubeConfig: KubeConfig) =>
      kubeConfig.makeApiClient(CoreV1Api).listNamespace(),
  },
  {
    path: '/api/v1/pods',
    list: (kubeConfig: KubeConfig) =>
      kubeConfig.makeApiClient(CoreV1Api).listPodForAllNamespaces(),
  },
  customResource('argoproj.io', 'applications'),
  customResource('aquasecurity.github.io', 'vulnerabilityreports'),
];

/** Number of lists of all types, including the initial ones. */
let listCount = 0;

runSubject({
  sync: async url => {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromClusterAndUser(
      { name: 'fixture', server: url, skipTLSVerify: true },
      { name: 'portal', token: 'a-token' },
    );
    await Promise.all(
      types.map(async ({ path, list }) => {
        const informer = makeInformer(kubeConfig, path, async () => {
          const result = await list(kubeConfig);
          listCount += 1;
          return result as KubernetesListObject<KubernetesObject>;
        });
        // Informers stop after errors; users have to restart them.
        informer.on('error', () => {
          setTimeout(() => informer.start().catch(() => {}), 1_000);
        });
        await informer.start();
      }),
    );
  },
  relists: () => Math.floor(listCount / types.length) - 1,
  // Events, contents and reads are measured for our store only.
  onPod: () => {},
  stored: async () => ({ objects: 0, versions: 0 }),
  read: async () => 0,
});

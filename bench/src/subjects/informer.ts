/** Informers of @kubernetes/client-node on the same types, as in its documentation. */
import {
  CustomObjectsApi,
  CoreV1Api,
  KubeConfig,
  makeInformer,
  type KubernetesListObject,
  type KubernetesObject,
} from '@kubernetes/client-node';
import { runWatchClient } from './WatchClient';

const custom = (group: string, plural: string) => ({
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
  custom('argoproj.io', 'applications'),
  custom('aquasecurity.github.io', 'vulnerabilityreports'),
];

let lists = 0;

runWatchClient({
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
          lists += 1;
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
  relists: () => Math.floor(lists / types.length) - 1,
  onPod: () => {},
  stored: async () => ({ objects: 0, versions: 0 }),
  read: async () => 0,
});

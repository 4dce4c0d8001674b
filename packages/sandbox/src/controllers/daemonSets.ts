import { createPod, deletePod, templateHash } from './pods';
import { tolerates } from './scheduler';
import type { Controller } from './ReconcileContext';
import {
  isFinished,
  isReady,
  type Pod,
  type ReplicaSet,
} from './workloadTypes';

const DAEMON_SET_CONTROLLER = 'daemonset-controller';

/** Runs one pod of each DaemonSet on every eligible node. */
export const reconcileDaemonSets: Controller = context => {
  const { store } = context;
  // The spec of a DaemonSet is that of a ReplicaSet, without replicas.
  for (const set of store.list<ReplicaSet>('daemonsets')) {
    const { template } = set.spec;
    const revision = templateHash(template);
    const nodes = store
      .list('nodes')
      .filter(
        node =>
          tolerates(template, node) &&
          Object.entries(template.spec.nodeSelector ?? {}).every(
            ([name, value]) => node.metadata.labels?.[name] === value,
          ),
      )
      .map(({ metadata }) => metadata.name);
    const podsOf = () =>
      store
        .list<Pod>('pods', { owner: set.metadata.uid })
        .filter(pod => !isFinished(pod));
    const isCurrent = (pod: Pod) =>
      pod.metadata.labels?.['controller-revision-hash'] === revision;
    for (const pod of podsOf()) {
      if (
        !isCurrent(pod) ||
        (pod.spec.nodeName && !nodes.includes(pod.spec.nodeName))
      ) {
        deletePod(context, set, pod, DAEMON_SET_CONTROLLER);
      }
    }
    const covered = podsOf().map(
      pod => pod.spec.nodeSelector?.['kubernetes.io/hostname'],
    );
    for (const node of nodes.filter(name => !covered.includes(name))) {
      // A node selector instead of a binding, so that the scheduler checks the node's resources and reports failures.
      const nodeSelector = {
        ...template.spec.nodeSelector,
        'kubernetes.io/hostname': node,
      };
      createPod(context, set, {
        template: { ...template, spec: { ...template.spec, nodeSelector } },
        component: DAEMON_SET_CONTROLLER,
        labels: { 'controller-revision-hash': revision },
      });
    }
    const pods = podsOf();
    const ready = pods.filter(isReady).length;
    store.setStatus(set, {
      observedGeneration: set.metadata.generation,
      desiredNumberScheduled: nodes.length,
      currentNumberScheduled: pods.length,
      updatedNumberScheduled: pods.filter(isCurrent).length,
      numberReady: ready,
      numberAvailable: ready,
      numberUnavailable: nodes.length - ready,
      numberMisscheduled: 0,
    });
  }
};

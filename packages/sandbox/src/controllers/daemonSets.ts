import { createPod, deletePod, templateHash } from './pods';
import { tolerates } from './scheduler';
import type { Controller } from './World';
import {
  isFinished,
  isReady,
  type Pod,
  type ReplicaSet,
} from './workloadTypes';

const COMPONENT = 'daemonset-controller';

/** Keeps one pod of every DaemonSet on every node that it may run on. */
export const reconcileDaemonSets: Controller = world => {
  const { store } = world;
  // A DaemonSet's spec is a ReplicaSet's without replicas.
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
        deletePod(world, set, pod, COMPONENT);
      }
    }
    const covered = podsOf().map(
      pod => pod.spec.nodeSelector?.['kubernetes.io/hostname'],
    );
    for (const node of nodes.filter(name => !covered.includes(name))) {
      // The pod names its node; the scheduler then puts it there, or says why it does not fit.
      const nodeSelector = {
        ...template.spec.nodeSelector,
        'kubernetes.io/hostname': node,
      };
      createPod(world, set, {
        template: { ...template, spec: { ...template.spec, nodeSelector } },
        component: COMPONENT,
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

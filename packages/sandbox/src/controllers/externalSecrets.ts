import { field, items, text, timestamp } from '../kubernetes/KubernetesObject';
import { ownerReference } from './pods';
import type { Controller } from './ReconcileContext';

/** Annotation of a Secret whose keys come from a store that the sandbox does not have, so that it has every key. */
export const ALL_KEYS_ANNOTATION = 'simulation.ml-platform.io/all-keys';

/** Simulates External Secrets Operator: makes the Secrets of ExternalSecrets, without values. */
export const reconcileExternalSecrets: Controller = ({ store, now }) => {
  for (const external of store.list('externalsecrets')) {
    const { namespace } = external.metadata;
    const name = text(external, 'spec.target.name', external.metadata.name);
    const keys = [
      ...items(external, 'spec.data').map(entry => text(entry, 'secretKey')),
      ...Object.keys(Object(field(external, 'spec.target.template.data'))),
    ];
    const data = Object.fromEntries(keys.map(key => [key, '']));
    const annotations =
      items(external, 'spec.dataFrom').length > 0
        ? { [ALL_KEYS_ANNOTATION]: 'true' }
        : undefined;
    const live = store.get('secrets', namespace, name);
    if (!live) {
      store.create({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name,
          namespace,
          ownerReferences: [ownerReference(external)],
          ...(annotations && { annotations }),
        },
        type: 'Opaque',
        data,
      });
    } else if (
      live.metadata.ownerReferences?.some(
        ({ uid }) => uid === external.metadata.uid,
      )
    ) {
      store.update({
        ...live,
        metadata: { ...live.metadata, annotations },
        data,
      });
    }
    const since = text(external, 'status.refreshTime', timestamp(now));
    store.setStatus(external, {
      binding: { name },
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'SecretSynced',
          message: 'secret synced',
          lastTransitionTime: since,
        },
      ],
      refreshTime: since,
    });
  }
};

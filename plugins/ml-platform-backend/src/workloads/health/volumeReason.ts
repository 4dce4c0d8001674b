import type { HealthReason } from '@internal/plugin-ml-platform-common';
import { redactAddresses } from '@internal/plugin-ml-platform-node';
import { asSentence } from './formatting';

/** Events about a volume that keeps a pod from starting. */
export const VOLUME_EVENTS = [
  'FailedMount',
  'FailedAttachVolume',
  'FailedMapVolume',
];

const KINDS: Record<string, { kind: string; words: string }> = {
  configmap: { kind: 'ConfigMap', words: 'ConfigMap' },
  secret: { kind: 'Secret', words: 'Secret' },
  persistentvolumeclaim: {
    kind: 'PersistentVolumeClaim',
    words: 'volume claim',
  },
};

/**
 * Why a volume cannot be attached to the pod's node or mounted.
 *
 * @param message - of an event `FailedMount`, `FailedAttachVolume` or `FailedMapVolume`.
 */
export function volumeReason(message: string): HealthReason {
  const missing =
    /\b(configmap|secret|persistentvolumeclaim) "([^"]+)" not found/i.exec(
      message,
    );
  if (missing) {
    const kind = KINDS[missing[1].toLowerCase()];
    const name = missing[2].split('/').at(-1) ?? missing[2];
    return {
      code: 'volume',
      text: `The ${kind.words} ${name} does not exist. Add it to the workload, or correct its name.`,
      object: { kind: kind.kind, name },
    };
  }
  const key = /references non-existent (?:config|secret) key: (\S+)/.exec(
    message,
  );
  if (key) {
    return {
      code: 'volume',
      text: `It mounts the key ${key[1]}, which its ConfigMap or Secret does not have. Add the key, or correct its name.`,
    };
  }
  const volume = /[Vv]olume "([^"]+)"/.exec(message)?.[1];
  const name = volume ? `Volume ${volume}` : 'A volume';
  if (/Multi-Attach error/.test(message)) {
    return {
      code: 'volume',
      text: `${name} is still attached to another node. Only one node can have it: wait until the old pod has ended, or run one pod with the Recreate strategy.`,
    };
  }
  if (/object "[^"]+"\/"([^"]+)" not registered/.test(message)) {
    return {
      code: 'volume',
      text: 'The node is still reading what the pod mounts. Wait a moment.',
    };
  }
  const unmounted = /unmounted volumes=\[([^\]]*)\]/.exec(message)?.[1];
  if (unmounted !== undefined) {
    return {
      code: 'volume',
      text: `The node waits in vain for ${
        unmounted ? `the volumes ${unmounted}` : 'its volumes'
      }. Tell the platform team if this lasts.`,
    };
  }
  if (/permission denied|access denied/i.test(message)) {
    return {
      code: 'volume',
      text: `${name} may not be used from here: ${asSentence(words(message))}`,
    };
  }
  return {
    code: 'volume',
    text: `${name} cannot be mounted: ${asSentence(words(message))}`,
  };
}

/** The end of the chain of causes says most. */
function words(message: string): string {
  const cause =
    /(?:desc = |failed: |volume "[^"]+" ?: ?)(?!.*(?:desc = |failed: |volume "[^"]+" ?: ?))([\s\S]+)$/.exec(
      message,
    )?.[1] ?? message;
  return redactAddresses(cause).slice(0, 300);
}

import type { HealthReason } from '@internal/plugin-ml-platform-common';
import { redactAddresses } from '@internal/plugin-ml-platform-node';
import { asSentence, formatList, PLATFORM_TEAM_ADVICE } from './formatting';

/** Reasons of events about volumes that keep a pod from starting. */
export const VOLUME_EVENTS = [
  'FailedMount',
  'FailedAttachVolume',
  'FailedMapVolume',
];

const KINDS: Record<string, string> = {
  configmap: 'ConfigMap',
  secret: 'Secret',
  persistentvolumeclaim: 'PersistentVolumeClaim',
};

/**
 * Reason why a volume cannot be attached to the pod's node or mounted.
 *
 * @param message - of an event whose reason is in `VOLUME_EVENTS`.
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
      text: `The ${kind} ${name} does not exist. Add it to the workload or correct its name.`,
      object: { kind, name },
    };
  }
  const key = /references non-existent (?:config|secret) key: (\S+)/.exec(
    message,
  );
  if (key) {
    return {
      code: 'volume',
      text: `A mounted ConfigMap or Secret has no key ${key[1]}. Add the key or correct its name.`,
    };
  }
  const volume = /[Vv]olume "([^"]+)"/.exec(message)?.[1];
  const name = volume ? `Volume ${volume}` : 'A volume';
  if (/Multi-Attach error/.test(message)) {
    return {
      code: 'volume',
      text: `${name} is still attached to another node, and only one node at a time can use it. Wait until the old pod has terminated, or run a single pod with the Recreate strategy.`,
    };
  }
  if (/object "[^"]+"\/"([^"]+)" not registered/.test(message)) {
    return {
      code: 'volume',
      text: 'The node is still reading the ConfigMaps and Secrets that the pod mounts. Wait a moment.',
    };
  }
  const unmounted = /unmounted volumes=\[([^\]]*)\]/.exec(message)?.[1];
  if (unmounted !== undefined) {
    return {
      code: 'volume',
      text: `${unmountedText(
        unmounted,
      )} could not be mounted in time. ${PLATFORM_TEAM_ADVICE}`,
    };
  }
  if (/permission denied|access denied/i.test(message)) {
    return {
      code: 'volume',
      text: `Access to ${
        volume ? `volume ${volume}` : 'a volume'
      } was denied: ${asSentence(rootCause(message))}`,
    };
  }
  return {
    code: 'volume',
    text: `${name} cannot be mounted: ${asSentence(rootCause(message))}`,
  };
}

/** "The volume a", or "The volumes a and b" for the kubelet's space-separated list. */
function unmountedText(names: string): string {
  const volumes = names.split(/\s+/).filter(Boolean);
  switch (volumes.length) {
    case 0:
      return 'The volumes';
    case 1:
      return `The volume ${volumes[0]}`;
    default:
      return `The volumes ${formatList(volumes)}`;
  }
}

/** Returns the last error of a chain of wrapped errors. */
function rootCause(message: string): string {
  const cause =
    /(?:desc = |failed: |volume "[^"]+" ?: ?)(?!.*(?:desc = |failed: |volume "[^"]+" ?: ?))([\s\S]+)$/.exec(
      message,
    )?.[1] ?? message;
  return redactAddresses(cause).slice(0, 300);
}

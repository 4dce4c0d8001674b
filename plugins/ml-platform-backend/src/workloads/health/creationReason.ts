import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  redactAddresses,
  type ResourceQuota,
} from '@internal/plugin-ml-platform-node';
import { quotaReason } from './quotaReason';
import { asSentence } from './formatting';

/**
 * Why the API server refused to make a pod.
 *
 * @param message - of an event `FailedCreate`, or of a condition `ReplicaFailure`.
 */
export function creationReason(
  message: string,
  around: { namespace: string; quotas: ResourceQuota[] },
): HealthReason {
  const quota = quotaReason(message, around);
  if (quota) {
    return quota;
  }
  const refused = refusal(message);
  const limits = refused.match(
    /(?:maximum|minimum) \S+ usage per (?:Container|Pod) is [^,\]]+, but (?:limit|request) is [^,\]]+|\S+ max limit to request ratio per \S+ is [^,\]]+, but (?:provided ratio is [^,\]]+|no (?:request|limit) is specified[^,\]]*)|No (?:limit|request) is specified/gi,
  );
  if (limits) {
    return {
      code: 'limit-range',
      text: `Outside the limits of ${around.namespace}: ${limits.join(
        '; ',
      )}. Change what the container asks for.`,
    };
  }
  const security = /violates PodSecurity "([^":]+)[^"]*": ([\s\S]*)$/.exec(
    refused,
  );
  if (security) {
    return {
      code: 'policy',
      text: asSentence(
        `Refused by the security rules of the platform (${security[1]}): ${security[2]}`,
      ),
    };
  }
  const denied =
    /denied (?:the )?request(?: without explanation)?(?:: ?([\s\S]*))?$/.exec(
      refused,
    );
  if (denied) {
    return {
      code: 'policy',
      text: `Refused by a rule of the platform: ${asSentence(
        denied[1] || 'no reason given',
      )}`,
    };
  }
  const account =
    /error looking up service account \S+?\/?([^/\s:]+): serviceaccount/.exec(
      refused,
    );
  if (account) {
    return {
      code: 'not-created',
      text: `The service account ${account[1]} does not exist. Add it to the workload, or correct its name.`,
    };
  }
  const priority = /no PriorityClass with name (\S+) was found/.exec(refused);
  if (priority) {
    return {
      code: 'not-created',
      text: `The priority class ${priority[1]} does not exist. Choose one that the platform has.`,
    };
  }
  if (/failed calling webhook/.test(refused)) {
    return {
      code: 'not-created',
      text: 'A check of the cluster does not answer, so that no pods can be made. Kubernetes tries again; tell the platform team if this lasts.',
    };
  }
  return {
    code: 'not-created',
    text: `Kubernetes could not make its pods: ${asSentence(refused)}`,
  };
}

/** Without the names of pods that never were, which differ each time. */
function refusal(message: string): string {
  return redactAddresses(message)
    .replace(/^create Pod \S+ in StatefulSet \S+ failed error: /, '')
    .replace(/^Error creating: /, '')
    .replace(
      /^(?:admission webhook "[^"]+" denied the request: )?pods? "[^"]*" is forbidden: /i,
      match => (match.startsWith('admission') ? match : ''),
    );
}

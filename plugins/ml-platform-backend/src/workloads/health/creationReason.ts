import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  redactAddresses,
  type ResourceQuota,
} from '@internal/plugin-ml-platform-node';
import { asSentence, PLATFORM_TEAM_ADVICE } from './formatting';
import { quotaReason } from './quotaReason';

/**
 * Reason why the API server refused to create a pod.
 *
 * @param message - of a `FailedCreate` event or of a `ReplicaFailure` condition.
 *
 * @see kubernetes/kubernetes v1.36 plugin/pkg/admission/{limitranger,resourcequota,runtimeclass,priority,serviceaccount}
 */
export function creationReason(
  message: string,
  context: { namespace: string; quotas: ResourceQuota[] },
): HealthReason {
  const quota = quotaReason(message, context);
  if (quota) {
    return quota;
  }
  const error = withoutPodName(message);
  const limits = error.match(
    /(?:maximum|minimum) \S+ usage per (?:Container|Pod) is [^,\]]+, but (?:limit|request) is [^,\]]+|(?<!\S)\S+ max limit to request ratio per \S+ is [^,\]]+, but (?:provided ratio is [^,\]]+|no (?:request|limit) is specified[^,\]]*)|No (?:limit|request) is specified/gi,
  );
  if (limits) {
    return {
      code: 'limit-range',
      text: `Violates the LimitRange in ${context.namespace}: ${limits.join(
        '; ',
      )}. Change the container's resource requests or limits.`,
    };
  }
  const podSecurity = /violates PodSecurity "([^":]+)[^"]*": ([\s\S]*)$/.exec(
    error,
  );
  if (podSecurity) {
    return {
      code: 'policy',
      text: asSentence(
        `Violates the Pod Security Standard ${podSecurity[1]}: ${podSecurity[2]}`,
      ),
    };
  }
  const denied =
    /denied (?:the )?request(?: without explanation)?(?:: ?([\s\S]*))?$/.exec(
      error,
    );
  if (denied) {
    return {
      code: 'policy',
      text: `Rejected by a policy of the platform: ${asSentence(
        denied[1] || 'no reason given',
      )}`,
    };
  }
  const account =
    /error looking up service account \S+?\/?([^/\s:]+): serviceaccount/.exec(
      error,
    );
  if (account) {
    return {
      code: 'not-created',
      text: `The ServiceAccount ${account[1]} does not exist. Add it to the workload or correct its name.`,
    };
  }
  const priority = /no PriorityClass with name (\S+) was found/.exec(error);
  if (priority) {
    return {
      code: 'not-created',
      text: `The PriorityClass ${priority[1]} does not exist. Choose an existing one.`,
    };
  }
  const runtime = /RuntimeClass "?([^"\s]+)"? not found/.exec(error);
  if (runtime) {
    return {
      code: 'not-created',
      text: `The RuntimeClass ${runtime[1]} does not exist. Correct runtimeClassName, or ask the platform team for this runtime.`,
    };
  }
  if (/because it is being terminated/.test(error)) {
    return {
      code: 'not-created',
      text: `The namespace ${context.namespace} is being deleted, so nothing can be created in it.`,
    };
  }
  if (/failed calling webhook/.test(error)) {
    return {
      code: 'not-created',
      text: `An admission webhook of the cluster is unavailable, so no pods can be created. Kubernetes will retry. ${PLATFORM_TEAM_ADVICE}`,
    };
  }
  return {
    code: 'not-created',
    text: `Kubernetes could not create ${
      message.startsWith('Error creating job') ? 'the Job' : 'the pods'
    }: ${asSentence(error)}`,
  };
}

/** Removes the generated pod name, which differs with every attempt: equal messages are grouped. */
function withoutPodName(message: string): string {
  return redactAddresses(message)
    .replace(/^create Pod \S+ in StatefulSet \S+ failed error: /i, '')
    .replace(/^Error creating(?: job)?: /, '')
    .replace(
      /^(?:admission webhook "[^"]+" denied the request: )?(?:pods?|jobs\.batch) "[^"]*" is forbidden: /i,
      match => (match.startsWith('admission') ? match : ''),
    );
}

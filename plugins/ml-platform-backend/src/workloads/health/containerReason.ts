import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  redactAddresses,
  type ContainerStatus,
  type Terminated,
} from '@internal/plugin-ml-platform-node';
import { describeExit, exitAdvice, isStartError } from './describeExit';
import { asSentence, formatCount } from './formatting';
import { imagePullText } from './imagePullText';
import { startErrorText } from './startErrorText';

/** A container's role in its pod; a sidecar is an init container that is restarted. */
export type ContainerRole = 'container' | 'init' | 'sidecar';

interface ContainerReasonOptions {
  /** Default: container. */
  role?: ContainerRole;
  /** Message of the newest event about a failed pull of an image of the pod. */
  pullError?: string;
}

const ROLE_NAMES: Record<ContainerRole, string> = {
  container: 'Container',
  init: 'Init container',
  sidecar: 'Sidecar',
};

/** Names a container at the beginning of a sentence. */
export function containerSubject(name: string, role: ContainerRole): string {
  return `${ROLE_NAMES[role]} ${name}`;
}

/**
 * Reason why a container does not run; undefined while it runs, starts or has succeeded.
 *
 * @see kubernetes/kubernetes v1.36 pkg/kubelet/images/types.go, pkg/kubelet/kuberuntime/kuberuntime_container.go,
 * pkg/kubelet/container/sync_result.go
 */
export function containerReason(
  container: ContainerStatus,
  { role = 'container', pullError }: ContainerReasonOptions = {},
): HealthReason | undefined {
  const { name, state, lastState, image } = container;
  const subject = containerSubject(name, role);
  if (state?.terminated && state.terminated.exitCode !== 0) {
    return endedReason(subject, state.terminated);
  }
  const reason = state?.waiting?.reason;
  const message = redactAddresses(state?.waiting?.message ?? reason ?? '');
  switch (reason) {
    case undefined:
    case 'PodInitializing':
    case 'ContainerCreating':
      return restartReason(subject, container);
    case 'CrashLoopBackOff':
      return crashLoopReason(subject, container, role);
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'InvalidImageName':
    case 'ErrImageNeverPull':
    case 'ImageInspectError':
    case 'RegistryUnavailable':
    case 'SignatureValidationFailed':
      return {
        code: 'image-pull',
        text: `Cannot pull ${
          image ? `image ${image}` : 'the image'
        }: ${imagePullText(reason, message, pullError)}`,
      };
    case 'CreateContainerConfigError':
      return {
        code: 'config-error',
        text: `${subject} cannot start: ${configErrorText(message)}`,
      };
    case 'PostStartHookError':
      return {
        code: 'start-failed',
        text: `${subject} cannot start: ${hookErrorText(message)}`,
      };
    default: {
      // A bare reason explains less than the failure before it.
      const last = lastState?.terminated;
      const cause =
        message === reason && last && isStartError(last)
          ? last.message ?? message
          : state?.waiting?.message ?? message;
      return {
        code: 'start-failed',
        text: `${subject} cannot start: ${startErrorText(cause)}`,
      };
    }
  }
}

function endedReason(subject: string, terminated: Terminated): HealthReason {
  const since = terminated.finishedAt ?? undefined;
  return isStartError(terminated)
    ? {
        code: 'start-failed',
        text: `${subject} cannot start: ${startErrorText(
          terminated.message ?? terminated.reason ?? '',
        )}`,
        since,
      }
    : {
        code: 'container-failed',
        text: `${subject} failed with ${describeExit(terminated)}. ${exitAdvice(
          terminated,
        )}`,
        since,
      };
}

/** Reason of a container that runs again after a failure and is not ready. */
function restartReason(
  subject: string,
  { ready, restartCount, lastState, state }: ContainerStatus,
): HealthReason | undefined {
  const last = lastState?.terminated;
  if (ready || !state?.running || !last || last.exitCode === 0) {
    return undefined;
  }
  return {
    code: 'crash-loop',
    text: `${subject} was restarted (${formatCount(
      restartCount,
      'restart',
      'restarts',
    )}) and is not ready, last failure: ${describeExit(last)}. ${exitAdvice(
      last,
    )}`,
    since: last.finishedAt ?? undefined,
  };
}

function crashLoopReason(
  subject: string,
  { lastState, restartCount }: ContainerStatus,
  role: ContainerRole,
): HealthReason {
  const last = lastState?.terminated;
  const since = last?.finishedAt ?? undefined;
  const restarts = formatCount(restartCount, 'restart', 'restarts');
  if (!last) {
    return {
      code: 'crash-loop',
      text: `${subject} keeps crashing. Check its logs.`,
    };
  }
  if (isStartError(last)) {
    return {
      code: 'start-failed',
      text: `${subject} cannot start (${restarts}): ${startErrorText(
        last.message ?? last.reason ?? '',
      )}`,
      since,
    };
  }
  return {
    code: 'crash-loop',
    text:
      last.exitCode === 0 && role !== 'init'
        ? `${subject} ends again and again without an error (${restarts}), although it should keep running. Run its process in the foreground.`
        : `${subject} keeps crashing: ${restarts}, last with ${describeExit(
            last,
          )}. ${exitAdvice(last)}`,
    since,
  };
}

function configErrorText(message: string): string {
  const missing = /\b(secret|configmap) "([^"]+)" not found/i.exec(message);
  if (missing) {
    const kind = missing[1].toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap';
    return `the ${kind} ${
      missing[2].split('/').at(-1) ?? missing[2]
    } does not exist. Add it or correct its name.`;
  }
  const key = /couldn't find key (\S+) in (\S+) (\S+)/.exec(message);
  if (key) {
    const name = key[3].split('/').at(-1) ?? key[3];
    return `the ${key[2]} ${name} has no key ${key[1]}. Add the key or correct its name.`;
  }
  return startErrorText(message);
}

/** @see kubernetes/kubernetes v1.36 pkg/kubelet/lifecycle/handlers.go */
function hookErrorText(message: string): string {
  const exit = /exited with (\d+)/.exec(message)?.[1];
  const output = /message: "([^"]+)"/.exec(message)?.[1];
  return `its postStart hook fails${exit ? ` with exit code ${exit}` : ''}${
    output ? `: ${asSentence(output.slice(0, 200))}` : '.'
  } Correct the hook.`;
}

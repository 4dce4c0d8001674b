import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  redactAddresses,
  type ContainerStatus,
} from '@internal/plugin-ml-platform-node';
import { describeExit, exitAdvice } from './describeExit';
import { asSentence, formatCount, PLATFORM_TEAM_ADVICE } from './formatting';

/** Reason why a container does not run; undefined while it runs, starts or has succeeded. */
export function containerReason(
  container: ContainerStatus,
): HealthReason | undefined {
  const { name, state } = container;
  if (state?.terminated && state.terminated.exitCode !== 0) {
    return {
      code: 'container-failed',
      text: `Container ${name} failed with ${describeExit(
        state.terminated,
      )}. ${exitAdvice(state.terminated)}`,
    };
  }
  const reason = state?.waiting?.reason;
  const message = redactAddresses(state?.waiting?.message ?? reason ?? '');
  switch (reason) {
    case undefined:
    case 'PodInitializing':
    case 'ContainerCreating':
      return undefined;
    case 'CrashLoopBackOff':
      return { code: 'crash-loop', text: crashLoopText(container) };
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
          container.image ? `image ${container.image}` : 'the image'
        }: ${imagePullText(reason, message)}`,
      };
    case 'CreateContainerConfigError':
      return {
        code: 'config-error',
        text: `Container ${name} cannot start: ${configErrorText(message)}`,
      };
    default:
      return {
        code: 'start-failed',
        text: `Container ${name} cannot start: ${startErrorText(message)}`,
      };
  }
}

function crashLoopText({
  name,
  lastState,
  restartCount,
}: ContainerStatus): string {
  const last = lastState?.terminated;
  return last
    ? `Container ${name} keeps crashing: ${formatCount(
        restartCount,
        'restart',
        'restarts',
      )}, last with ${describeExit(last)}. ${exitAdvice(last)}`
    : `Container ${name} keeps crashing. Check its logs.`;
}

function imagePullText(reason: string, message: string): string {
  if (reason === 'InvalidImageName') {
    return 'the image name is invalid. Correct it.';
  }
  if (reason === 'ErrImageNeverPull') {
    return 'the image is not on the node, and imagePullPolicy is Never.';
  }
  if (/toomanyrequests|rate limit|429/i.test(message)) {
    return 'the registry limits the number of pulls. Kubernetes will retry; use the company registry if this persists.';
  }
  if (/no match for platform|exec format|no matching manifest/i.test(message)) {
    return "the image is not built for the node's CPU architecture. Build it for linux/amd64 as well.";
  }
  if (/unauthorized|denied|forbidden|401|403|no basic auth/i.test(message)) {
    return 'the registry denied access: the image does not exist, or the cluster may not pull it. Check the image name and the registry credentials.';
  }
  if (/not found|manifest unknown|does not exist|404/i.test(message)) {
    return 'the registry does not have the image. Check its name and tag, and that it was pushed.';
  }
  if (/no space left/i.test(message)) {
    return 'the node has no disk space left. Contact the platform team.';
  }
  if (
    /timeout|deadline|connection refused|no such host|EOF|tls/i.test(message)
  ) {
    return `the registry is unreachable. Kubernetes will retry. ${PLATFORM_TEAM_ADVICE}`;
  }
  return asSentence(message);
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
  if (/runAsNonRoot/.test(message)) {
    return 'its image runs as root, which is not allowed. Set a user in the image, or runAsUser.';
  }
  return asSentence(message);
}

function startErrorText(message: string): string {
  const command =
    /exec: "([^"]+)": (?:stat [^:]+: )?(no such file or directory|permission denied|executable file not found in \$PATH)/.exec(
      message,
    );
  if (command) {
    return `the command ${command[1]} cannot be run (${command[2]}). Check the command and the image.`;
  }
  if (/exec format error/.test(message)) {
    return "the image is not built for the node's CPU architecture. Build it for linux/amd64 as well.";
  }
  return asSentence(message.slice(0, 500));
}

import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  redactAddresses,
  type ContainerStatus,
} from '@internal/plugin-ml-platform-node';
import { exitAdvice, describeExit } from './describeExit';
import { asSentence, counted } from './formatting';

/** Why a container does not run; undefined when nothing is said about it but that it will. */
export function containerReason(
  container: ContainerStatus,
): HealthReason | undefined {
  const { name, state } = container;
  if (state?.terminated && state.terminated.exitCode !== 0) {
    return {
      code: 'container-failed',
      text: `Container ${name} ended with ${describeExit(
        state.terminated,
      )}. ${exitAdvice(state.terminated)}`,
    };
  }
  const reason = state?.waiting?.reason;
  const words = redactAddresses(state?.waiting?.message ?? reason ?? '');
  switch (reason) {
    case undefined:
    case 'PodInitializing':
    case 'ContainerCreating':
      return undefined;
    case 'CrashLoopBackOff':
      return { code: 'crash-loop', text: crashText(container) };
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'InvalidImageName':
    case 'ErrImageNeverPull':
    case 'ImageInspectError':
    case 'RegistryUnavailable':
    case 'SignatureValidationFailed':
      return {
        code: 'image-pull',
        text: `Cannot pull image ${
          container.image ?? 'of the container'
        }: ${imageText(reason, words)}`,
      };
    case 'CreateContainerConfigError':
      return { code: 'config-error', text: configText(name, words) };
    default:
      return {
        code: 'start-failed',
        text: `Container ${name} cannot start: ${startText(words)}`,
      };
  }
}

function crashText({ name, lastState, restartCount }: ContainerStatus): string {
  const last = lastState?.terminated;
  return last
    ? `Container ${name} crashes again and again: ${counted(
        restartCount,
        'restart',
        'restarts',
      )}, last with ${describeExit(last)}. ${exitAdvice(last)}`
    : `Container ${name} crashes again and again. Look at its logs.`;
}

function imageText(reason: string, words: string): string {
  if (reason === 'InvalidImageName') {
    return 'this is no valid name of an image. Correct it.';
  }
  if (reason === 'ErrImageNeverPull') {
    return 'the node does not have it, and may not pull it (imagePullPolicy Never).';
  }
  if (/toomanyrequests|rate limit|429/i.test(words)) {
    return 'the registry allows no more pulls for now. It is tried again; use the company registry if this lasts.';
  }
  if (/no match for platform|exec format|no matching manifest/i.test(words)) {
    return 'it is not built for the processors of the nodes. Build it for linux/amd64 as well.';
  }
  if (/unauthorized|denied|forbidden|401|403|no basic auth/i.test(words)) {
    return 'the registry refuses it: the image does not exist, or the cluster may not read it. Check the name, and the access to the registry.';
  }
  if (/not found|manifest unknown|does not exist|404/i.test(words)) {
    return 'the registry has no such image. Check name and tag, and whether it was pushed.';
  }
  if (/no space left/i.test(words)) {
    return 'the node has no disk space for it. Tell the platform team.';
  }
  if (/timeout|deadline|connection refused|no such host|EOF|tls/i.test(words)) {
    return 'the registry cannot be reached. It is tried again; tell the platform team if this lasts.';
  }
  return asSentence(words);
}

function configText(container: string, words: string): string {
  const missing = /\b(secret|configmap) "([^"]+)" not found/i.exec(words);
  if (missing) {
    const kind = missing[1].toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap';
    return `Container ${container} cannot start: the ${kind} ${
      missing[2].split('/').at(-1) ?? missing[2]
    } does not exist. Add it, or correct its name.`;
  }
  const key = /couldn't find key (\S+) in (\S+) (\S+)/.exec(words);
  if (key) {
    const name = key[3].split('/').at(-1) ?? key[3];
    return `Container ${container} cannot start: the ${key[2]} ${name} has no key ${key[1]}. Add the key, or correct its name.`;
  }
  if (/runAsNonRoot/.test(words)) {
    return `Container ${container} cannot start: its image runs as root, which is not allowed here. Set a user in the image, or runAsUser.`;
  }
  return `Container ${container} cannot start: ${asSentence(words)}`;
}

function startText(words: string): string {
  const command =
    /exec: "([^"]+)": (?:stat [^:]+: )?(no such file or directory|permission denied|executable file not found in \$PATH)/.exec(
      words,
    );
  if (command) {
    return `its command ${command[1]} cannot be run (${command[2]}). Check the command and the image.`;
  }
  if (/exec format error/.test(words)) {
    return 'the image is not built for the processors of the node. Build it for linux/amd64 as well.';
  }
  return asSentence(words.slice(0, 500));
}

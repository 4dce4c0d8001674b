import { redactAddresses } from '@internal/plugin-ml-platform-node';
import { asSentence, PLATFORM_TEAM_ADVICE } from './formatting';
import { explainError, gpuErrorText, type ErrorRule } from './gpuError';

const MAX_CAUSE_LENGTH = 300;
const WRONG_ARCHITECTURE =
  "the image is not built for the node's CPU architecture. Build it for linux/amd64 as well.";
const RETRY = `Kubernetes will retry. ${PLATFORM_TEAM_ADVICE}`;

/**
 * Errors with which container runtimes and the kubelet do not start a container, most specific first.
 *
 * @see opencontainers/runc 1.3 libcontainer/{init_linux,standard_init_linux,rootfs_linux,process_linux}.go
 * @see moby/sys user 0.4 user/user.go
 * @see containerd/containerd 2.1 internal/cri/server/container_create.go, pkg/oci/spec_opts.go
 * @see containers/crun 1.20 src/libcrun/linux.c
 * @see kubernetes/kubernetes v1.36 pkg/kubelet/kuberuntime/kuberuntime_container.go, pkg/kubelet/lifecycle/handlers.go
 */
const START_RULES: ErrorRule[] = [
  {
    pattern: /exec format error/i,
    text: () => WRONG_ARCHITECTURE,
  },
  {
    pattern:
      /^(?![^]*(?:mounting|mountpoint|device information))[^]*?(?:exec: )?["'`]([^"'`]+)["'`](?:: stat [^:]+)?:? ?(executable file not found in \$PATH|not found in \$PATH|no such file or directory|permission denied|is a directory)/i,
    text: ([, command, cause]) =>
      `the command ${command} cannot be run (${cause.replace(
        /^not/,
        'executable file not',
      )}). ${
        /permission/i.test(cause)
          ? 'Make the file executable in the image.'
          : 'Check the command and the image.'
      }`,
  },
  {
    pattern:
      /exec (?:user process caused: )?(?:(\/\S+): )?(no such file or directory|permission denied)/i,
    text: ([, command, cause]) =>
      `${
        command ? `the command ${command}` : 'its command'
      } cannot be run (${cause}). ${
        /permission/i.test(cause)
          ? 'Make the file executable in the image.'
          : 'Check that the file exists and that its interpreter (first line) does, with Unix line ends.'
      }`,
  },
  {
    pattern:
      /unable to find (user|group) ([^\s:]+): no matching entries|no users found(?:.{0,20}?(\w+))?/i,
    text: ([, kind = 'user', name]) =>
      `the ${kind}${
        name ? ` ${name}` : ''
      } does not exist in the image. Create it in the image, or set ${
        kind === 'group' ? 'runAsGroup' : 'runAsUser'
      } to a number.`,
  },
  {
    pattern: /non-numeric user \(([^)]+)\)/,
    text: ([, user]) =>
      `its image runs as the user ${user}, and only a number proves that this is not root. Set USER in the image to a number, or runAsUser.`,
  },
  {
    pattern: /runAsNonRoot|runAsUser breaks non-root policy/,
    text: () =>
      'its image runs as root, which is not allowed. Set a user in the image, or runAsUser.',
  },
  {
    pattern:
      /chdir to cwd \("([^"]+)"\)[^]*?(no such file or directory|permission denied|not a directory)/,
    text: ([, directory, cause]) =>
      `its working directory ${directory} cannot be used (${cause}). Check workingDir and the user of the image.`,
  },
  {
    pattern: /no command specified/i,
    text: () =>
      'neither the image nor the container names a command. Set a command or an entrypoint.',
  },
  {
    pattern:
      /init was OOM-killed|memory limit too low|minimum memory limit|memory limit.{0,40}(?:too low|busy)|memory\.(?:max|limit_in_bytes)/i,
    text: () =>
      'its memory limit is too low for a process to start. Raise the limit.',
  },
  {
    pattern: /(pids?\.max|resource temporarily unavailable)/i,
    text: () =>
      `the node or the pod has reached its limit of processes. ${RETRY}`,
  },
  {
    pattern: /sysctl|\/proc\/sys\/(\S+?)[:"]/i,
    text: () =>
      'a sysctl of the pod is not allowed on the node. Remove it from the security context.',
  },
  {
    pattern:
      /(seccomp|apparmor)[^]*(?:no such file|not found|does not exist|failed to apply)/i,
    text: ([, kind]) =>
      `the ${
        kind.toLowerCase() === 'seccomp' ? 'seccomp' : 'AppArmor'
      } profile does not exist on the node. Correct its name or use RuntimeDefault.`,
  },
  {
    pattern: /unable to apply caps|operation not permitted[^]*capabilit/i,
    text: () =>
      'a capability of the container is not allowed. Remove it from the security context.',
  },
  {
    pattern:
      /setgroups: operation not permitted|cannot set (?:uid|gid)|unmapped (?:user|group)/i,
    text: () =>
      'its user or group is not available in the container. Check runAsUser and runAsGroup.',
  },
  {
    pattern:
      /failed to (?:prepare subPath|create subPath directory) for volumeMount "([^"]+)"/,
    text: ([, volume]) =>
      `the subPath of the volume ${volume} cannot be used. Check that it exists and that the volume is writable.`,
  },
  {
    pattern:
      /to rootfs at "([^"]+)"[^]*?(not a directory|is a directory|file exists)/i,
    text: ([, target]) =>
      `a file cannot be mounted on a directory, nor a directory on a file: ${target}. Check the subPath and the mountPath.`,
  },
  {
    pattern:
      /to rootfs at "([^"]+)"[^]*?read-only file system|(?:mkdir|open|create) (\/[^\s:]+): read-only file system/i,
    text: ([, target, directory]) =>
      `${
        directory ?? target
      } cannot be created, because the file system is read-only. Create the directory in the image, or mount a volume there.`,
  },
  {
    pattern: /read-only file system/i,
    text: () =>
      'it needs a path that is on a read-only file system. Mount a volume there.',
  },
  {
    pattern: /no space left on device|disk quota exceeded/i,
    text: () => `the node has no disk space left. ${PLATFORM_TEAM_ADVICE}`,
  },
  {
    pattern:
      /to rootfs at "([^"]+)"[^]*?(no such file or directory|permission denied|operation not permitted|invalid argument)/i,
    text: ([, target, cause]) =>
      `the volume at ${target} cannot be mounted (${cause}). Check the volume and its subPath.`,
  },
  {
    pattern: /not a shared mount|is not a shared or slave mount/i,
    text: () =>
      'the mount propagation of a volume is not possible on the node. Remove mountPropagation.',
  },
  {
    pattern:
      /error gathering device information[^]*?"?(\/dev\/[^\s":]+)|lstat (\/dev\/[^\s":]+)/,
    text: ([, device, other]) =>
      `the node has no device ${device ?? other}. ${PLATFORM_TEAM_ADVICE}`,
  },
  {
    pattern: /cgroup/i,
    text: () =>
      `the node cannot set its resource limits (cgroup). Check the requests and limits. ${RETRY}`,
  },
  {
    pattern: /failed to reserve container name|name "[^"]+" is reserved/,
    text: () =>
      `the previous attempt to create it has not ended on the node. ${RETRY}`,
  },
  {
    pattern:
      /context deadline exceeded|DeadlineExceeded|ttrpc: closed|containerd\.sock|crio\.sock|connection (?:refused|error)|transport is closing/i,
    text: () =>
      `the container runtime of the node does not respond in time. ${RETRY}`,
  },
];

/** Explains why a container cannot start; an unknown error is quoted from its last cause on. */
export function startErrorText(message: string): string {
  return (
    gpuErrorText(message) ??
    explainError(message, START_RULES) ??
    asSentence(lastCause(redactAddresses(message)))
  );
}

/** Removes the prefixes that every error of the runtimes has. */
function lastCause(message: string): string {
  return message
    .replace(
      /^[^]*(?:unable to start container process: |OCI runtime create failed: |desc = )/,
      '',
    )
    .replace(/: unknown$/, '')
    .trim()
    .slice(0, MAX_CAUSE_LENGTH);
}

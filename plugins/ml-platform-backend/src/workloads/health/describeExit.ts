import {
  redactAddresses,
  type Terminated,
} from '@internal/plugin-ml-platform-node';
import { asSentence } from './formatting';
import { gpuErrorText } from './gpuError';

/**
 * Meanings of exit codes above 128, which name the signal that ended the process.
 *
 * @see signal(7)
 */
const SIGNALS: Record<number, string> = {
  129: 'hung up',
  130: 'interrupted',
  131: 'quit',
  132: 'illegal instruction',
  133: 'trap',
  134: 'aborted',
  135: 'bus error',
  136: 'arithmetic error',
  137: 'killed',
  139: 'segmentation fault',
  141: 'broken pipe',
  143: 'terminated',
  152: 'CPU time limit exceeded',
  153: 'file size limit exceeded',
  159: 'forbidden system call',
};

/** Advice on exit codes whose cause is not in the logs. */
const EXIT_ADVICE: Record<number, string> = {
  125: 'The container runtime could not run it. Check the command and the image.',
  126: 'Its command cannot be run. Check the command and the image.',
  127: 'Its command cannot be run. Check the command and the image.',
  132: 'The image was built for another type of CPU. Build it for the CPUs of the nodes.',
  135: 'It may need more shared memory: mount an emptyDir of medium Memory at /dev/shm.',
  159: 'A system call is not allowed. Check the seccomp profile.',
};

/** Reasons of containers that never ran, so that they have no logs. */
const START_ERRORS = [
  'StartError',
  'ContainerCannotRun',
  'RunContainerError',
  'CreateContainerError',
  'CreateContainerConfigError',
  'PostStartHookError',
];
const MAX_MESSAGE_LENGTH = 300;

/** Returns true for a container that ended before its process ran. */
export function isStartError({ reason, message }: Terminated): boolean {
  return (
    START_ERRORS.includes(reason ?? '') ||
    /OCI runtime create failed|nvidia-container-cli:/.test(message ?? '')
  );
}

/** Describes how a container ended, for example "exit code 137, out of memory". */
export function describeExit({ exitCode, reason }: Terminated): string {
  switch (reason) {
    case 'OOMKilled':
      return `exit code ${exitCode}, out of memory`;
    case 'ContainerStatusUnknown':
      return 'an unknown exit code, because its node lost it';
    case undefined:
    case 'Error':
    case 'Completed':
    case 'Unknown':
      return SIGNALS[exitCode]
        ? `exit code ${exitCode}, ${SIGNALS[exitCode]}`
        : `exit code ${exitCode}`;
    default:
      return `exit code ${exitCode}, ${reason}`;
  }
}

/** Advice on a failed container. */
export function exitAdvice({ exitCode, reason, message }: Terminated): string {
  if (reason === 'OOMKilled') {
    return 'It exceeded its memory limit. Raise the limit or use less memory (a smaller batch, fewer workers).';
  }
  if (reason === 'ContainerStatusUnknown') {
    return 'Its logs may be lost with the node.';
  }
  const gpuError = message && gpuErrorText(message);
  if (gpuError) {
    return `The cause: ${gpuError}`;
  }
  if (EXIT_ADVICE[exitCode]) {
    return EXIT_ADVICE[exitCode];
  }
  if (exitCode === 255 && reason === 'Unknown') {
    return 'Its node or the container runtime restarted.';
  }
  return message && message.length <= MAX_MESSAGE_LENGTH
    ? `It reported: ${asSentence(redactAddresses(message.trim()))}`
    : 'Check its logs.';
}

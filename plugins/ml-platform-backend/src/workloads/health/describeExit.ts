import type { Terminated } from '@internal/plugin-ml-platform-node';

/** Meanings of exit codes above 128, which name the signal that ended the process. */
const SIGNALS: Record<number, string> = {
  130: 'interrupted',
  134: 'aborted',
  137: 'killed',
  139: 'segmentation fault',
  143: 'terminated',
};

/** Describes how a container ended, for example "exit code 137, out of memory". */
export function describeExit({ exitCode, reason }: Terminated): string {
  switch (reason) {
    case 'OOMKilled':
      return `exit code ${exitCode}, out of memory`;
    case undefined:
    case 'Error':
    case 'Completed':
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
  if (exitCode === 127 || exitCode === 126) {
    return 'Its command cannot be run. Check the command and the image.';
  }
  return message && message.length <= 300
    ? `It reported: ${message.trim()}`
    : 'Check its logs.';
}

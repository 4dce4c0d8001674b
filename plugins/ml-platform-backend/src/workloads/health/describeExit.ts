import type { Terminated } from '@internal/plugin-ml-platform-node';

/** What exit codes above 128 mean: the signal that ended the process. */
const SIGNALS: Record<number, string> = {
  130: 'interrupted',
  134: 'aborted by the program itself',
  137: 'killed',
  139: 'segmentation fault',
  143: 'told to stop',
};

/** For example "exit code 137, out of memory". */
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

/** What to do about it. */
export function exitAdvice({ exitCode, reason, message }: Terminated): string {
  if (reason === 'OOMKilled') {
    return 'It needs more memory than its limit: raise the limit, or use less (a smaller batch, fewer workers).';
  }
  if (exitCode === 127 || exitCode === 126) {
    return 'Its command cannot be run: check the command and the image.';
  }
  return message && message.length <= 300
    ? `It says: ${message.trim()}`
    : 'Look at its logs.';
}

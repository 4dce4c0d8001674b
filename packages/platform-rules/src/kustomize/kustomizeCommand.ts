/** Memory of one build. Builds of the example platform take 60 MB, and those of 5 MB of manifests 200 MB. */
export const BUILD_MEMORY_BYTES = 512 * 1024 * 1024;

/**
 * Returns the command that builds a directory, below a limit of memory that the kernel keeps (Linux 4.7 and newer; other
 * systems ignore it, and so do those of which the own limit is lower). It counts memory that is written to: Go reserves
 * more than a gigabyte of addresses that it does not use.
 */
export function kustomizeCommand(
  directory: string,
): [program: string, programArguments: string[]] {
  return [
    'sh',
    [
      '-c',
      `ulimit -d ${BUILD_MEMORY_BYTES / 1024} 2>/dev/null; exec "$@"`,
      'sh',
      'kubectl',
      'kustomize',
      '--load-restrictor',
      'LoadRestrictionsRootOnly',
      directory,
    ],
  ];
}

/** Returns true for what Go prints when the kernel gives it no more memory. */
export function isOutOfMemory(stderr: string): boolean {
  return /^(fatal error|runtime): .*(out of memory|cannot allocate memory)/m.test(
    stderr,
  );
}

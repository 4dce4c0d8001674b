/**
 * Lets nobody but the portal's own user read what this process and its children write from now on: databases, clones of
 * the platform repository, workspaces of tasks.
 */
export function keepFilesPrivate(): void {
  process.umask(0o077);
}

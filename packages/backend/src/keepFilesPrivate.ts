/**
 * From now on, only the portal's own user can read what this process and its children write: databases, clones of the
 * platform repository, workspaces of tasks.
 */
export function keepFilesPrivate(): void {
  process.umask(0o077);
}

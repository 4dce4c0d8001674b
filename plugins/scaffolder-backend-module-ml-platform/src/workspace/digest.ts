import { createHash } from 'node:crypto';
import type { FileChange } from '@internal/plugin-ml-platform-node';

/**
 * SHA-256 of a change: paths, modes and contents. It changes only when the change itself does, not whenever the repository
 * moves on.
 *
 * @param changes - sorted by path
 */
export function digestOf(changes: FileChange[]): string {
  const hash = createHash('sha256');
  for (const change of changes) {
    if ('deleted' in change) {
      hash.update(JSON.stringify([change.path, 'deleted']));
    } else {
      const { path, content, executable } = change;
      const mode = executable ? '100755' : '100644';
      hash.update(JSON.stringify([path, mode, content.length]));
      hash.update(content);
    }
  }
  return hash.digest('hex');
}

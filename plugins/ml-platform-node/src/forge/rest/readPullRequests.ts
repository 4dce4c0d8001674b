import type { PullRequest } from '../Forge';

/**
 * Finds the pull request of a branch of the repository itself, the open one before any other.
 *
 * @param pullRequests - newest first; read no further than needed.
 */
export async function findByBranch(
  pullRequests: AsyncIterable<PullRequest>,
  branch: string,
): Promise<PullRequest | undefined> {
  let newest: PullRequest | undefined;
  for await (const pullRequest of pullRequests) {
    // A fork may have a branch of the same name, and a forge ignores a filter that it does not understand.
    if (pullRequest.branch === branch && !pullRequest.fromFork) {
      if (pullRequest.state === 'open') {
        return pullRequest;
      }
      newest ??= pullRequest;
    }
  }
  return newest;
}

/** @param label - default: with any label or none. */
export async function withLabel(
  pullRequests: AsyncIterable<PullRequest>,
  label: string | undefined,
): Promise<PullRequest[]> {
  const found: PullRequest[] = [];
  for await (const pullRequest of pullRequests) {
    if (label === undefined || pullRequest.labels.includes(label)) {
      found.push(pullRequest);
    }
  }
  return found;
}

/**
 * @param pullRequests - the last changed first: the first unchanged one ends the list.
 * @param since - earliest `updatedAt`; default: from the beginning.
 */
export async function changedSince(
  pullRequests: AsyncIterable<PullRequest>,
  since: string | undefined,
): Promise<PullRequest[]> {
  const changed: PullRequest[] = [];
  for await (const pullRequest of pullRequests) {
    if (since && pullRequest.updatedAt < since) {
      break;
    }
    changed.push(pullRequest);
  }
  return changed;
}

/** Paths of changed files, those that files were renamed from included, each once. */
export async function pathsOf(
  files: AsyncIterable<{ filename: string; previous_filename?: string }>,
): Promise<string[]> {
  const paths = new Set<string>();
  for await (const { filename, previous_filename: previous } of files) {
    paths.add(filename);
    if (previous) {
      paths.add(previous);
    }
  }
  return [...paths];
}

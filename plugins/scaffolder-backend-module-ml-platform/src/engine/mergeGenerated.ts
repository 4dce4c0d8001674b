import {
  ANSWERS_FILE,
  type MergeResult,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import type { GeneratedFiles } from '../workspace/ChangeRequestWorkspace';
import { mergeAnswers } from './mergeAnswers';

/** Merges generated files into a commit by lines, and answers files that are in conflict then by values. */
export async function mergeGenerated(
  repository: Pick<PlatformRepository, 'merge' | 'read'>,
  commit: string,
  { recorded, next }: GeneratedFiles,
): Promise<MergeResult> {
  const merged = await repository.merge({ commit, recorded, next });
  const files = [...new Set(merged.conflicts.map(({ path }) => path))].filter(
    path => path.endsWith(`/${ANSWERS_FILE}`),
  );
  const current = await repository.read(commit, files);
  // With the files of now as ancestor, the solution is taken as it is.
  const ancestors = new Map<string, Buffer>();
  const solved = new Map<string, Buffer>();
  for (const path of files) {
    const [base, ours, theirs] = [recorded, current, next].map(side =>
      side.get(path),
    );
    const content =
      base && ours && theirs && (await mergeAnswers(base, ours, theirs));
    if (content) {
      ancestors.set(path, ours);
      solved.set(path, content);
    }
  }
  return solved.size === 0
    ? merged
    : repository.merge({
        commit,
        recorded: new Map([...recorded, ...ancestors]),
        next: new Map([...next, ...solved]),
      });
}

import type { PlatformFiles } from '../PlatformFiles';
import type { Plan } from '../readPlan';
import { codeowners } from './codeowners';
import type { RenderedFiles } from './rendered';

const SOURCES = 'ci/workflows';

/** The workflow as the default branch has it; GitHub allows no expressions here. */
const CALLED = 'OWNER/REPOSITORY/.github/workflows/terraform.yaml@BRANCH';

/**
 * Files that forges read at the repository's root: CODEOWNERS, and the workflows of `ci/workflows`. Gitea reads the same paths
 * as GitHub.
 *
 * @returns content by path relative to the repository's root
 */
export function installedFiles(
  plan: Plan,
  files: PlatformFiles,
): RenderedFiles {
  const { organization, repository } = plan;
  return new Map([
    ['CODEOWNERS', codeowners(plan)],
    ...files
      .below(SOURCES)
      .map(
        name =>
          [
            `.github/workflows/${name.slice(SOURCES.length + 1)}`,
            (files.get(name) ?? '').replaceAll(
              CALLED,
              `${organization}/${repository.name}/.github/workflows/terraform.yaml@${repository.branch}`,
            ),
          ] as const,
      ),
  ]);
}

/** True when the repository has any of the files, so that the others have to be there, too. */
export function isInstalled(
  installed: RenderedFiles,
  files: PlatformFiles,
): boolean {
  return [...installed.keys()].some(path => files.read(path) !== undefined);
}

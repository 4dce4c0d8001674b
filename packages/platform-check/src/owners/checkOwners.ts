import { lstat } from 'node:fs/promises';
import path from 'node:path';
import {
  type Layout,
  type CheckMessage,
  checkResult,
} from '@internal/plugin-ml-platform-node/validation';
import type { Section } from '../Report';

/** Checks that the author's team owns the changed files, if it is known, and that no file is a link. */
export async function checkOwners(
  files: string[],
  context: { repository: string; layout: Layout; team?: string },
): Promise<Section> {
  const { repository, layout, team } = context;
  const foreign = files
    .filter(file => layout.teamOf(file) !== team)
    .map(file => foreignFile(file, layout, team));
  return {
    title: 'The change',
    checks: [
      ...(team
        ? [checkResult('owners', `${team} changes what it owns only`, foreign)]
        : []),
      checkResult(
        'links',
        'No file is a link to another place',
        await links(
          files.filter(file => layout.contains(file)),
          repository,
        ),
      ),
      checkResult(
        'git-files',
        'No team changes how Git and the forge read its files',
        // Those of a workload are problems of its paths.
        files
          .filter(
            file =>
              file.startsWith(`${layout.workloads}/`) &&
              !layout.workloadOf(file) &&
              file.split('/').some(name => /^\.git/i.test(name)),
          )
          .map(file => ({
            path: file,
            text: 'Git and the forge act on names that start with ".git": they could hide what a file says. Remove it.',
          })),
      ),
    ],
  };
}

function foreignFile(
  file: string,
  layout: Layout,
  team: string | undefined,
): CheckMessage {
  const owner = layout.teamOf(file);
  return {
    path: file,
    text: `This belongs to ${owner ?? 'the platform team'}. ${team} changes ${
      layout.workloads
    }/${team}/ and its workloads' files in ${
      layout.teamRoots
    }/${team}/. Leave the file as it is, or ask its owner.`,
  };
}

async function links(
  files: string[],
  repository: string,
): Promise<CheckMessage[]> {
  const found = await Promise.all(
    files.map(async file => {
      const status = await lstat(path.join(repository, file)).catch(
        () => undefined,
      );
      // Unless it was a file before.
      if (
        status?.isDirectory() &&
        !files.some(other => other.startsWith(`${file}/`))
      ) {
        return [
          {
            path: file,
            text: 'This is another repository (a submodule), which nobody reviews here. Replace it with files.',
          },
        ];
      }
      return status?.isSymbolicLink()
        ? [
            {
              path: file,
              text: 'This is a symbolic link, which could lead anywhere. Replace it with a file.',
            },
          ]
        : [];
    }),
  );
  return found.flat();
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { z } from 'zod/v3';
import { ChangeRequestWorkspace } from '../workspace/ChangeRequestWorkspace';
import { listRenderedFiles } from '../workspace/renderedFiles';
import type { ActionDependencies } from './dependencies';
import { guardErrors, parseInput } from './guardErrors';
import { examples } from './merge.examples';

const inputSchema = (zod: typeof z) => zod.object({}).strict();

const outputSchema = (zod: typeof z) =>
  zod.object({
    added: zod
      .array(zod.string())
      .describe(
        "Files that the change adds, relative to the repository's root",
      ),
    conflicts: zod
      .array(zod.string())
      .describe(
        'Files that the platform repository has with other content. Always empty in a task, which stops at conflicts',
      ),
  });

/**
 * Merges the rendered files into those of the platform repository. Only new files are supported so far: an existing file
 * with other content is a conflict. Conflicts stop a task; a dry run reports them, since a failing dry run would lose the
 * report.
 */
export function createMergeAction({
  logger,
  repository,
}: Pick<ActionDependencies, 'logger' | 'repository'>) {
  return createTemplateAction({
    id: 'ml-platform:gitops:merge',
    description:
      'Merges the rendered files into the platform repository; existing files with other content are conflicts',
    examples,
    supportsDryRun: true,
    schema: { input: inputSchema, output: outputSchema },
    async handler(ctx) {
      await guardErrors(logger, async () => {
        parseInput(inputSchema, ctx.input);
        const workspace = await ChangeRequestWorkspace.open(ctx.workspacePath);
        const { commit } = workspace.checkout;
        const rendered = await listRenderedFiles(workspace.renderedDirectory);
        // Reads the commit, not the checkout: a template may render paths that were not checked out.
        const existing = await repository.read(commit, [
          ...rendered,
          ...rendered.flatMap(parents),
        ]);
        const added: string[] = [];
        const conflicts: string[] = [];
        for (const path of rendered) {
          const file = existing.get(path);
          if (parents(path).some(parent => existing.has(parent))) {
            conflicts.push(path);
          } else if (!file) {
            added.push(path);
          } else if (
            !file.equals(
              await readFile(join(workspace.renderedDirectory, path)),
            )
          ) {
            conflicts.push(path);
          }
        }
        await workspace.propose({ added, conflicts });
        if (conflicts.length > 0 && !ctx.isDryRun) {
          throw new ConflictError(conflictMessage(workspace, conflicts));
        }
        ctx.logger.info(`The change adds ${added.length} files`);
        ctx.output('added', added);
        ctx.output('conflicts', conflicts);
      });
    },
  });
}

/** Explains conflicts to the user. */
export function conflictMessage(
  { checkout: { exists, team, workload } }: ChangeRequestWorkspace,
  conflicts: string[],
): string {
  const advice = exists
    ? `Team ${team} already has a workload named ${workload}. Choose another name.`
    : 'This change would overwrite files in the platform repository. Choose another name, or ask the platform team to remove them.';
  return `${advice} Files with other content: ${conflicts.join(', ')}`;
}

/** Parent directories of a path. When one of them is a file in the repository, the path cannot be added. */
function parents(path: string): string[] {
  const segments = path.split('/');
  return segments
    .slice(1)
    .map((_, index) => segments.slice(0, index + 1).join('/'));
}

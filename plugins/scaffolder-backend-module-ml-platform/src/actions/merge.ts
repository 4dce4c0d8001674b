import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { z } from 'zod/v3';
import { RequestWorkspace } from '../workspace/RequestWorkspace';
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
        "Files that the request adds, relative to the repository's root",
      ),
    conflicts: zod
      .array(zod.string())
      .describe(
        'Files that are in the platform repository with other content; empty in a task, which stops at them',
      ),
  });

/**
 * Puts what the template rendered into `rendered/` over what is in the platform repository. New files only, so far: a
 * file that is there with other content is a conflict, which stops a task and is reported in a dry run (a failing dry
 * run would lose the whole report).
 */
export function createMergeAction({
  logger,
  repository,
}: Pick<ActionDependencies, 'logger' | 'repository'>) {
  return createTemplateAction({
    id: 'ml-platform:gitops:merge',
    description:
      'Puts the rendered files over those of the platform repository; files with other content are conflicts',
    examples,
    supportsDryRun: true,
    schema: { input: inputSchema, output: outputSchema },
    async handler(ctx) {
      await guardErrors(logger, async () => {
        parseInput(inputSchema, ctx.input);
        const workspace = await RequestWorkspace.open(ctx.workspacePath);
        const { commit } = workspace.checkout;
        const rendered = await listRenderedFiles(workspace.renderedDirectory);
        // The commit is asked, not the checkout: a template may render beside what was checked out.
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
        ctx.logger.info(`The request adds ${added.length} files`);
        ctx.output('added', added);
        ctx.output('conflicts', conflicts);
      });
    },
  });
}

/** What to do about files that exist, for people. */
export function conflictMessage(
  { checkout: { exists, team, workload } }: RequestWorkspace,
  conflicts: string[],
): string {
  const what = exists
    ? `${team} has a workload ${workload} already. Choose another name.`
    : 'The platform repository has files that this request would overwrite. Choose another name, or ask the platform team to remove them.';
  return `${what} Files with other content: ${conflicts.join(', ')}`;
}

/** The directories above a path; one that is a file leaves no room for the path. */
function parents(path: string): string[] {
  const segments = path.split('/');
  return segments
    .slice(1)
    .map((_, index) => segments.slice(0, index + 1).join('/'));
}

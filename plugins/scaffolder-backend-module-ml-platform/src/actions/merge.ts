import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { z } from 'zod/v3';
import { mergeGenerated } from '../engine/mergeGenerated';
import { ChangeRequestWorkspace } from '../workspace/ChangeRequestWorkspace';
import { conflictMessage } from '../workspace/conflictMessage';
import type { ActionDependencies } from './dependencies';
import { guardErrors, parseInput } from './guardErrors';
import { examples } from './merge.examples';

const inputSchema = (zod: typeof z) => zod.object({}).strict();

const outputSchema = (zod: typeof z) =>
  zod.object({
    changed: zod
      .array(zod.string())
      .describe(
        "Files that the change adds, changes or deletes, relative to the repository's root",
      ),
    conflicts: zod
      .array(zod.string())
      .describe(
        'Files that were changed in another way in the platform repository. Always empty in a task, which stops at conflicts',
      ),
  });

/**
 * Merges generated files into those of the platform repository, three-way: what people changed since stays. Conflicts stop a
 * task; a dry run reports them, since a failing dry run would lose the report.
 */
export function createMergeAction({
  logger,
  repository,
}: Pick<ActionDependencies, 'logger' | 'repository'>) {
  return createTemplateAction({
    id: 'ml-platform:gitops:merge',
    description:
      'Merges the generated files into the platform repository, and keeps what people changed by hand',
    examples,
    supportsDryRun: true,
    schema: { input: inputSchema, output: outputSchema },
    async handler(ctx) {
      await guardErrors(logger, async () => {
        parseInput(inputSchema, ctx.input);
        const workspace = await ChangeRequestWorkspace.open(ctx.workspacePath);
        const merged = await mergeGenerated(
          repository,
          workspace.checkout.commit,
          await workspace.generated(),
        );
        await workspace.propose(merged);
        const conflicts = [
          ...new Set(merged.conflicts.map(({ path }) => path)),
        ];
        if (conflicts.length > 0 && !ctx.isDryRun) {
          throw new ConflictError(
            conflictMessage(workspace.checkout, merged.conflicts),
          );
        }
        const changed = merged.changes.map(({ path }) => path);
        ctx.logger.info(`The change has ${changed.length} files`);
        ctx.output('changed', changed);
        ctx.output('conflicts', conflicts);
      });
    },
  });
}

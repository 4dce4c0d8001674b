import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  findOpenChangeRequest,
  changeRequestBranch,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod/v3';
import { changeRequestTemplate } from '../changeRequestTemplate';
import { commitMessage, pullRequestBody } from '../propose/description';
import { openOnce } from '../propose/openOnce';
import { digestOf } from '../workspace/digest';
import { ChangeRequestWorkspace } from '../workspace/ChangeRequestWorkspace';
import { isWorkloadCheckout } from '../workspace/stepRecords';
import type { ActionDependencies } from './dependencies';
import { guardErrors, parseInput } from './guardErrors';
import { examples } from './propose.examples';

const inputSchema = (zod: typeof z) =>
  zod
    .object({
      team: zod.string().describe('The team given to checkout'),
      workload: zod
        .string()
        .optional()
        .describe('The workload given to checkout'),
      title: zod
        .string()
        .min(1)
        .max(150)
        .regex(/^[^\r\n]*$/, 'one line')
        .describe('Title of the pull request and its commit'),
      description: zod
        .string()
        .max(2000)
        .optional()
        .describe('Description of the change by the user'),
    })
    .strict();

const outputSchema = (zod: typeof z) =>
  zod.object({
    pullRequest: zod
      .object({
        title: zod.string(),
        body: zod.string(),
        branch: zod.string(),
        url: zod.string().optional(),
        number: zod.number().optional(),
        existing: zod
          .object({
            url: zod.string(),
            number: zod.number(),
            requester: zod.string(),
          })
          .optional(),
      })
      .describe(
        'The pull request. In a dry run it has no url and number, and `existing` is the one already open for the workload',
      ),
    pullRequestUrl: zod
      .string()
      .optional()
      .describe('URL of the pull request; absent in a dry run'),
    number: zod
      .number()
      .optional()
      .describe('Number of the pull request; absent in a dry run'),
    branch: zod.string().describe('Branch of the pull request'),
    commit: zod
      .string()
      .optional()
      .describe('Head commit of the pull request; absent in a dry run'),
  });

/**
 * Opens a pull request with one commit, authored by the user, for a change that passed validation. Idempotent: it can run
 * again after it was interrupted. A dry run has no effect outside of the portal.
 */
export function createProposeAction({
  config,
  forge,
  logger,
  repository,
}: Pick<ActionDependencies, 'config' | 'forge' | 'logger' | 'repository'>) {
  return createTemplateAction({
    id: 'ml-platform:gitops:propose',
    description: 'Opens one pull request on the platform repository',
    examples,
    supportsDryRun: true,
    schema: { input: inputSchema, output: outputSchema },
    async handler(ctx) {
      await guardErrors(logger, async () => {
        const input = parseInput(inputSchema, ctx.input);
        const workspace = await ChangeRequestWorkspace.open(
          ctx.workspacePath,
          input,
        );
        const { checkout } = workspace;
        const template = changeRequestTemplate(ctx);
        const changes = await workspace.changes();
        const digest = digestOf(changes);
        const changeRequest = {
          template: template.ref,
          team: checkout.team,
          ...(isWorkloadCheckout(checkout) && {
            workload: checkout.workload,
            ...(checkout.environment && { environment: checkout.environment }),
            ...(checkout.run && { run: checkout.run }),
          }),
          requester: checkout.requester.ref,
          digest,
        };
        const { title } = input;
        const validated = await workspace.validated();
        const body = pullRequestBody({
          changeRequest,
          requesterName: checkout.requester.name,
          text: input.description,
          report: validated.report,
        });

        if (ctx.isDryRun) {
          const branch = changeRequestBranch(template.name, changeRequest);
          const open = await findOpenChangeRequest({
            portal: { forge, repository: config.repository },
            target: changeRequest,
          });
          const existing = open && {
            url: open.pullRequest.url,
            number: open.pullRequest.number,
            requester: open.requester ?? 'somebody',
          };
          ctx.output('pullRequest', { title, body, branch, existing });
          ctx.output('branch', branch);
          return;
        }

        if (!validated.passed || validated.digest !== digest) {
          throw new ConflictError(
            'The files changed after validation. Start again; nothing was changed.',
          );
        }
        const commitOn = (base: string) =>
          repository.commit({
            base,
            changes,
            message: commitMessage({ title, changeRequest }),
            author: checkout.requester,
          });
        const commit = await commitOn(checkout.commit);
        ctx.signal?.throwIfAborted();
        const pullRequest = await openOnce(
          { forge, repository, config },
          {
            changeRequest,
            templateName: template.name,
            commit,
            commitOn,
            title,
            body,
          },
        );
        const { url, number, branch } = pullRequest;
        ctx.logger.info(`Pull request ${number}: ${url}`);
        ctx.output('pullRequest', { title, body, branch, url, number });
        ctx.output('pullRequestUrl', url);
        ctx.output('number', number);
        ctx.output('branch', branch);
        ctx.output('commit', pullRequest.headCommit);
      });
    },
  });
}

import { ConflictError, InputError } from '@backstage/errors';
import {
  createTemplateAction,
  type ActionContext,
} from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import {
  findOpenChangeRequest,
  changeRequestBranch,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod/v3';
import { commitMessage, pullRequestBody } from '../propose/description';
import { openOnce } from '../propose/openOnce';
import { digestOf, readChanges } from '../workspace/changes';
import { RequestWorkspace } from '../workspace/RequestWorkspace';
import type { ActionDependencies } from './dependencies';
import { guardErrors, parseInput } from './guardErrors';
import { examples } from './propose.examples';

const inputSchema = (zod: typeof z) =>
  zod
    .object({
      team: zod.string().describe('The team given to checkout'),
      workload: zod.string().describe('The workload given to checkout'),
      title: zod
        .string()
        .min(1)
        .max(150)
        .regex(/^[^\r\n]*$/, 'one line')
        .describe('Title of the pull request and of its commit'),
      description: zod
        .string()
        .max(2000)
        .optional()
        .describe("The person's own words about the request"),
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
        'The pull request. In a dry run what it would be, without url and number, and `existing`: the one that is open for the workload',
      ),
    pullRequestUrl: zod
      .string()
      .optional()
      .describe('Where people see the pull request; absent in a dry run'),
    number: zod.number().optional().describe('Its number; absent in a dry run'),
    branch: zod.string().describe('Its branch'),
    commit: zod.string().optional().describe('Its commit; absent in a dry run'),
  });

/**
 * Turns a request that passed its checks into one branch, one commit of the person's, and one pull request. It may run
 * any number of times, also after it died half-way. A dry run has no effect outside of the portal.
 */
export function createProposeAction({
  config,
  forge,
  logger,
  repository,
}: Pick<ActionDependencies, 'config' | 'forge' | 'logger' | 'repository'>) {
  const { trailerSecret } = config.repository;

  return createTemplateAction({
    id: 'ml-platform:gitops:propose',
    description: 'Opens one pull request on the platform repository',
    examples,
    supportsDryRun: true,
    schema: { input: inputSchema, output: outputSchema },
    async handler(ctx) {
      await guardErrors(logger, async () => {
        const input = parseInput(inputSchema, ctx.input);
        const workspace = await RequestWorkspace.open(ctx.workspacePath, input);
        const { checkout } = workspace;
        const template = templateOf(ctx);
        const changes = await readChanges(workspace);
        const digest = digestOf(changes, checkout.commit);
        const request = {
          template: template.ref,
          team: checkout.team,
          workload: checkout.workload,
          requester: checkout.requester.ref,
          digest,
        };
        const { title } = input;
        const body = pullRequestBody({
          request,
          requesterName: checkout.requester.name,
          text: input.description,
          trailerSecret,
        });

        if (ctx.isDryRun) {
          const branch = changeRequestBranch(template.name, request);
          const open = await findOpenChangeRequest({
            forge,
            target: request,
            trailerSecret,
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

        const validated = await workspace.validated();
        if (!validated.passed || validated.digest !== digest) {
          throw new ConflictError(
            'The files are not the ones that were checked. Start the request again; nothing was changed.',
          );
        }
        if (!repository.lastKnownHead()) {
          // The portal restarted since checkout; its new clone needs the history that the commit builds on.
          await repository.head();
        }
        const commit = await repository.commit({
          base: checkout.commit,
          changes,
          message: commitMessage({ title, request }),
          author: checkout.requester,
        });
        ctx.signal?.throwIfAborted();
        const pullRequest = await openOnce(
          { forge, repository, trailerSecret },
          { request, templateName: template.name, commit, title, body },
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

/** In a dry run the scaffolder makes up an entity reference; the metadata is the template's own in both cases. */
function templateOf({
  templateInfo,
}: Pick<ActionContext<JsonObject>, 'templateInfo'>) {
  const metadata = templateInfo?.entity?.metadata;
  if (!metadata) {
    throw new InputError('This step works in templates of the catalog only.');
  }
  const { name, namespace = 'default' } = metadata;
  return { name, ref: `template:${namespace}/${name}`.toLowerCase() };
}

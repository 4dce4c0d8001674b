import { mkdtempSync, rmSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  addFiles,
  cloneRepo,
  commitAndPushBranch,
  createBranch,
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';

/**
 * The steps of Backstage's pull-request actions that work with Git, such as `publish:bitbucketServer:pull-request`, by the same
 * functions of `@backstage/plugin-scaffolder-node`: clone, copy the workspace, add, commit, push, and one call of the forge's
 * API. Backstage has no such action for Gitea.
 */
export const stockPullRequest = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'stock-pull-request',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ actions, config }) {
        const [forge] = config.getConfigArray('integrations.gitea');
        const baseUrl = forge.getString('baseUrl');
        const auth = {
          username: forge.getString('username'),
          password: forge.getString('password'),
        };
        actions.addActions(
          createTemplateAction({
            id: 'stock:pull-request',
            schema: {
              input: {
                title: z => z.string(),
                branch: z => z.string(),
              },
            },
            async handler({ input, logger, workspacePath }) {
              const { branch, title } = input;
              const dir = mkdtempSync(join(tmpdir(), 'stock-clone-'));
              const git = { dir, auth, logger };
              try {
                await cloneRepo({
                  ...git,
                  url: `${baseUrl}/acme/platform.git`,
                  ref: 'main',
                });
                await createBranch({ ...git, ref: branch });
                cpSync(workspacePath, dir, { recursive: true });
                await addFiles({ ...git, filepath: '.' });
                await commitAndPushBranch({
                  ...git,
                  commitMessage: title,
                  gitAuthorInfo: { name: 'Portal', email: 'p@example.com' },
                  branch,
                });
              } finally {
                rmSync(dir, { recursive: true, force: true });
              }
              const response = await fetch(
                `${baseUrl}/api/v1/repos/acme/platform/pulls`,
                {
                  method: 'POST',
                  headers: {
                    authorization: `token ${auth.password}`,
                    'content-type': 'application/json',
                  },
                  body: JSON.stringify({ title, head: branch, base: 'main' }),
                },
              );
              if (!response.ok) {
                throw new Error(`Pull request: ${await response.text()}`);
              }
            },
          }),
        );
      },
    });
  },
});

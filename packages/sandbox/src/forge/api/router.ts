import express, { type ErrorRequestHandler } from 'express';
import Router from 'express-promise-router';
import { authenticate } from '../accounts';
import { ForgeError, notFound } from '../ForgeError';
import type { Forge } from '../Forge';
import type { SandboxLogger } from '../../logger';
import { createHookRoutes } from './hookRoutes';
import { createIssueRoutes } from './issueRoutes';
import { createPullRequestRoutes } from './pullRequestRoutes';
import { createRepositoryRoutes } from './repositoryRoutes';
import { createStatusRoutes } from './statusRoutes';
import { createUserRoutes } from './userRoutes';

/** Creates the part of Gitea's REST API that the portal uses. All of it but the version requires a token. */
export function createApiRouter(forge: Forge, logger: SandboxLogger) {
  const router = Router();
  router.use(express.json({ limit: '10mb' }));

  router.use((request, response, next) => {
    const { token, access_token: accessToken } = request.query;
    const account = authenticate(
      request.headers.authorization,
      String(token || accessToken || ''),
    );
    if (account === 'invalid') {
      throw new ForgeError(401, 'invalid username, password or token');
    }
    response.locals.account = account === 'anonymous' ? undefined : account;
    response.locals.rootUrl = forge.rootUrl;
    next();
  });

  router.get('/version', (_request, response) => {
    response.json({ version: '1.26.0' });
  });

  router.use(createUserRoutes(forge));

  router.use('/repos/:owner/:repository', (request, response, next) => {
    const { owner, repository } = request.params;
    if (
      !response.locals.account ||
      `${owner}/${repository}` !== forge.fullName
    ) {
      throw notFound();
    }
    next();
  });
  const root = `/repos/${forge.fullName}`;
  router.use(`${root}/pulls`, createPullRequestRoutes(forge));
  router.use(`${root}/hooks`, createHookRoutes(forge));
  router.use(root, createRepositoryRoutes(forge));
  router.use(root, createIssueRoutes(forge));
  router.use(root, createStatusRoutes(forge));

  router.use(() => {
    throw notFound();
  });

  const handleError: ErrorRequestHandler = (
    error,
    _request,
    response,
    _next,
  ) => {
    let status = 500;
    let message = 'Internal Server Error';
    if (error instanceof ForgeError) {
      ({ status, message } = error);
    } else if (error.type === 'entity.parse.failed') {
      [status, message] = [422, 'the body is not JSON'];
    } else {
      logger.error(`The forge's API failed: ${error.stack}`);
    }
    response.status(status).json({
      message,
      url: `${forge.rootUrl}/api/swagger`,
      // Gitea adds an empty list of errors to 404 responses.
      ...(status === 404 && { errors: null }),
    });
  };
  router.use(handleError);
  return router;
}

import { finished } from 'node:stream';
import type {
  AuthService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { NotFoundError, isError } from '@backstage/errors';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseTaskBody } from './parseTaskBody';
import type { TaskQuota } from './TaskQuota';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The scaffolder reads each task of a page with all of its values, and all tasks without a limit. */
const TASKS_PER_PAGE = 50;
const TASK = /^\/v2\/tasks\/(?<id>[^/]+)/i;

/** Guards the routes of the scaffolder that start or list tasks. Limits are for people: other plugins start tasks for them. */
export function createTaskGuard(options: {
  auth: AuthService;
  httpAuth: HttpAuthService;
  quota: TaskQuota;
}): RequestHandler {
  const { auth, httpAuth, quota } = options;
  const router = PromiseRouter();
  router.post(
    ['/v2/tasks', '/v2/tasks/:taskId/retry'],
    async (request, response, next) => {
      const credentials = await httpAuth.credentials(request);
      if (auth.isPrincipal(credentials, 'user')) {
        const { userEntityRef } = credentials.principal;
        finished(response, await quota.reserve(userEntityRef, response));
      }
      next();
    },
  );
  router.post('/v2/tasks', parseTaskBody);
  router.get('/v2/tasks', (request, _, next) => {
    const wanted = Math.floor(Number(request.query.limit));
    request.query.limit = String(
      wanted >= 1 && wanted <= TASKS_PER_PAGE ? wanted : TASKS_PER_PAGE,
    );
    next();
  });
  return router;
}

/**
 * Gives the same response for a task that does not exist and for one that the caller may not see, or not change. It comes
 * after the scaffolder's routes.
 */
export const hideTasks: ErrorRequestHandler = (error, request, _, next) => {
  const id = TASK.exec(request.path)?.groups?.id;
  const isHidden =
    id !== undefined &&
    // PostgreSQL fails for what is no UUID.
    (!UUID.test(id) ||
      (isError(error) &&
        (error.name === 'NotAllowedError' || error.name === 'NotFoundError')));
  next(
    isHidden
      ? new NotFoundError('This task does not exist, or you may not see it.')
      : error,
  );
};

import { finished } from 'node:stream';
import type {
  AuthService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError, isError } from '@backstage/errors';
import {
  findTextProblem,
  templateRefSchema,
} from '@internal/plugin-ml-platform-common';
import { TooManyRequestsError } from '@internal/plugin-ml-platform-node';
import express, {
  type ErrorRequestHandler,
  type RequestHandler,
} from 'express';
import PromiseRouter from 'express-promise-router';
import type { TaskQuota } from './TaskQuota';

/** As the scaffolder parses bodies; it leaves those alone that are parsed already. */
const BODY_LIMIT = '10MB';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TASK = /^\/v2\/tasks\/(?<id>[^/]+)/i;

/** Guards the routes of the scaffolder that start a task. It is for people: other plugins start tasks for them. */
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
        try {
          const { userEntityRef } = credentials.principal;
          const release = await quota.reserve(userEntityRef);
          finished(response, release);
        } catch (error) {
          if (error instanceof TooManyRequestsError) {
            response.setHeader('Retry-After', error.retryAfterSeconds);
          }
          throw error;
        }
      }
      next();
    },
  );
  router.post('/v2/tasks', express.json({ limit: BODY_LIMIT }), assertBody);
  return router;
}

/**
 * Refuses what the scaffolder reads without a check, and values with invisible characters, for every template.
 *
 * @throws InputError naming the field
 */
function assertBody(
  { body }: express.Request,
  _: express.Response,
  next: express.NextFunction,
): void {
  const { templateRef, values } = Object(body);
  if (!templateRefSchema.safeParse(templateRef).success) {
    throw new InputError(
      'templateRef must be the reference of a template, for example "template:default/ml-service".',
    );
  }
  const found = findTextProblem(values);
  if (found) {
    throw new InputError(
      `${found.path.join('.') || 'A name of a field'} ${found.problem}`,
    );
  }
  next();
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

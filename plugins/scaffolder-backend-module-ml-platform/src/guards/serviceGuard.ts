import type {
  AuthService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { ServiceCaller } from '@internal/plugin-ml-platform-node';
import type { Request, RequestHandler } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { SERVICE_CALLER_SECRET, requireServiceCaller } from '../serviceCallers';
import { parseTaskBody } from './parseTaskBody';
import type { ScaffolderClient } from './ScaffolderClient';
import { TaskQuota } from './TaskQuota';
import { ServiceTasks } from './unfinishedTasks';

const createdSchema = z.object({ id: z.string() });

/** The parts of a task that tell which service may see it. */
const taskSchema = z.object({
  spec: z.object({
    templateInfo: z.object({ entityRef: z.string() }),
    parameters: z.record(z.string(), z.unknown()),
  }),
});

/**
 * Guards the routes of the scaffolder from services with tokens of their own, to which Backstage allows everything: they start
 * the tasks that configuration allows, and read these. The task runs as the scaffolder, which names the service to its steps.
 */
export function createServiceGuard(options: {
  auth: AuthService;
  httpAuth: HttpAuthService;
  callers: ServiceCaller[];
  scaffolder: ScaffolderClient;
}): RequestHandler {
  const { auth, httpAuth, callers, scaffolder } = options;
  const tasks = new ServiceTasks(scaffolder);
  const quota = new TaskQuota(subject => tasks.count(subject));

  async function subjectOf(request: Request): Promise<string | undefined> {
    const credentials = await httpAuth.credentials(request);
    return auth.isPrincipal(credentials, 'service') &&
      !credentials.principal.subject.startsWith('plugin:')
      ? credentials.principal.subject
      : undefined;
  }

  const router = PromiseRouter();
  router.post('/v2/tasks', parseTaskBody);
  router.post('/v2/tasks', async (request, response, next) => {
    const subject = await subjectOf(request);
    if (subject === undefined) {
      next();
      return;
    }
    const { templateRef, values } = request.body;
    const { team, environment } = Object(values);
    requireServiceCaller(callers, subject, {
      template: templateRef,
      team,
      ...(environment && { environments: [environment] }),
    });
    const release = await quota.reserve(subject, response);
    try {
      const created = await scaffolder.send('/v2/tasks', {
        templateRef,
        values,
        secrets: { [SERVICE_CALLER_SECRET]: subject },
      });
      const body = await created.json();
      if (created.ok) {
        tasks.add(subject, createdSchema.parse(body).id);
      }
      response.status(created.status).json(body);
    } finally {
      release();
    }
  });
  router.get(
    [
      '/v2/tasks/:taskId',
      '/v2/tasks/:taskId/events',
      '/v2/tasks/:taskId/eventstream',
    ],
    async (request, _response, next) => {
      const subject = await subjectOf(request);
      if (subject !== undefined) {
        await assertMaySee(subject, request.params.taskId);
      }
      next('router');
    },
  );
  router.use(async (request, _response, next) => {
    if ((await subjectOf(request)) !== undefined) {
      throw new NotAllowedError(
        'This token may only start tasks, and read those that it may start.',
      );
    }
    next();
  });
  return router;

  async function assertMaySee(subject: string, id: string): Promise<void> {
    const response = await scaffolder.send(
      `/v2/tasks/${encodeURIComponent(id)}`,
    );
    const task = taskSchema.safeParse(
      response.ok ? await response.json() : undefined,
    );
    if (!task.success) {
      throw new NotFoundError('There is no such task.');
    }
    const { templateInfo, parameters } = task.data.spec;
    requireServiceCaller(callers, subject, {
      template: templateInfo.entityRef,
      team: parameters.team,
    });
  }
}

import Router from 'express-promise-router';
import { z } from 'zod';
import type { Forge } from '../Forge';
import { now, statusStates } from '../ForgeState';
import { combinedState, latestStatuses } from '../statuses';
import { resolveCommit } from './commitNames';
import { toStatus } from './pullShapes';
import { accountOfRequest, parseBody, sendPage, writer } from './requests';
import { apiUrl, toRepository } from './shapes';

const statusSchema = z.object({
  state: z.enum(statusStates),
  target_url: z.string().default(''),
  description: z.string().default(''),
  context: z.string().default('default'),
});

/** What checks said about commits. */
export function createStatusRoutes(forge: Forge) {
  const { state, statuses } = forge;
  const router = Router();

  router.post('/statuses/:sha', async (request, response) => {
    const sender = writer(response);
    const creator = sender.login;
    const sha = await resolveCommit(forge, request.params.sha);
    const { target_url: targetUrl, ...rest } = parseBody(statusSchema, request);
    const status = state.update((data, nextId) => {
      const created = {
        ...rest,
        id: nextId(),
        sha,
        targetUrl,
        creator,
        createdAt: now(),
      };
      data.statuses.push(created);
      return created;
    });
    statuses.emit({ status, sender });
    response.status(201).json(toStatus(forge, status));
  });

  router.get(
    ['/statuses/:ref', '/commits/:ref/statuses'],
    async (request, response) => {
      const sha = await resolveCommit(forge, request.params.ref);
      const found = state.data.statuses
        .filter(status => status.sha === sha)
        .reverse();
      const page = sendPage(request, response, found);
      response.json(page.map(status => toStatus(forge, status)));
    },
  );

  router.get('/commits/:ref/status', async (request, response) => {
    const sha = await resolveCommit(forge, request.params.ref);
    const latest = latestStatuses(state, sha);
    response.json({
      state: combinedState(latest),
      sha,
      total_count: latest.length,
      statuses: latest.map(status => toStatus(forge, status)),
      repository: toRepository(forge, accountOfRequest(response)),
      commit_url: `${apiUrl(forge)}/commits/${sha}`,
      url: `${apiUrl(forge)}/commits/${sha}/status`,
    });
  });

  return router;
}

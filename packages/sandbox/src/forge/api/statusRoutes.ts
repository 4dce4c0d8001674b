import Router from 'express-promise-router';
import { z } from 'zod';
import type { Forge } from '../Forge';
import { currentTime, COMMIT_STATES } from '../ForgeState';
import { combinedState, latestStatuses } from '../commitStatuses';
import { resolveCommit } from './resolveCommit';
import { toCommitStatus } from './pullRequestDto';
import { toRepository } from './repositoryDto';
import { requestAccount, requireWriter } from './requestAccount';
import { goString, goStruct } from './goJson';
import { parseBody } from './parseBody';
import { paginate } from './paginate';
import { apiUrl } from './urls';

const statusSchema = goStruct({
  state: z.enum(COMMIT_STATES),
  target_url: goString,
  description: goString,
  context: goString,
});

/** Creates the routes for commit statuses. */
export function createStatusRoutes(forge: Forge) {
  const { state, statuses } = forge;
  const router = Router();

  router.post('/statuses/:sha', async (request, response) => {
    const sender = requireWriter(response);
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
        createdAt: currentTime(),
      };
      data.statuses.push(created);
      return created;
    });
    statuses.emit({ status, sender });
    response.status(201).json(toCommitStatus(forge, status));
  });

  router.get(
    ['/statuses/:ref', '/commits/:ref/statuses'],
    async (request, response) => {
      const sha = await resolveCommit(forge, request.params.ref);
      const found = state.data.statuses
        .filter(status => status.sha === sha)
        .reverse();
      const page = paginate(request, response, found);
      response.json(page.map(status => toCommitStatus(forge, status)));
    },
  );

  router.get('/commits/:ref/status', async (request, response) => {
    const sha = await resolveCommit(forge, request.params.ref);
    const latest = latestStatuses(state, sha);
    response.json({
      state: combinedState(latest),
      sha,
      total_count: latest.length,
      statuses: latest.map(status => toCommitStatus(forge, status)),
      repository: toRepository(forge, requestAccount(response)),
      commit_url: `${apiUrl(forge)}/commits/${sha}`,
      url: `${apiUrl(forge)}/commits/${sha}/status`,
    });
  });

  return router;
}

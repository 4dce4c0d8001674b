import Router from 'express-promise-router';
import { z } from 'zod';
import type { Forge } from '../Forge';
import { currentTime } from '../ForgeState';
import { labelsOf, toComment, toLabel } from './pullRequestDto';
import { requireWriter } from './requestAccount';
import { parseBody } from './parseBody';
import { paginate } from './paginate';

const labelSchema = z.object({
  name: z.string().trim().min(1),
  color: z.string().regex(/^#?[0-9a-fA-F]{6}$/, 'not a colour'),
  description: z.string().default(''),
  exclusive: z.boolean().default(false),
});

/** Gitea accepts ids or names of labels. */
const issueLabelsSchema = z.object({
  labels: z.array(z.union([z.number(), z.string()])),
});

const commentSchema = z.object({ body: z.string().min(1) });

/** Creates the routes for labels, and for labels and comments of pull requests, which are issues in Gitea's API. */
export function createIssueRoutes(forge: Forge) {
  const { pullRequests: pulls, state } = forge;
  const router = Router();

  router.get('/labels', (request, response) => {
    const page = paginate(request, response, state.data.labels);
    response.json(page.map(label => toLabel(forge, label)));
  });

  router.post('/labels', (request, response) => {
    requireWriter(response);
    const { color, ...rest } = parseBody(labelSchema, request);
    const label = state.update((data, nextId) => {
      const created = { ...rest, id: nextId(), color: color.replace('#', '') };
      data.labels.push(created);
      return created;
    });
    response.status(201).json(toLabel(forge, label));
  });

  router
    .route('/issues/:number(\\d+)/labels')
    .get((request, response) => {
      const pull = pulls.get(Number(request.params.number));
      response.json(labelsOf(forge, pull).map(label => toLabel(forge, label)));
    })
    .post(async (request, response) => {
      const account = requireWriter(response);
      const { number, labels } = pulls.get(Number(request.params.number));
      const { labels: requested } = parseBody(issueLabelsSchema, request);
      const added = state.data.labels.filter(
        ({ id, name }) => requested.includes(id) || requested.includes(name),
      );
      const all = new Set([...labels, ...added.map(({ id }) => id)]);
      const pull = await pulls.edit(number, { labels: [...all] }, account);
      response.json(labelsOf(forge, pull).map(label => toLabel(forge, label)));
    });

  router.delete(
    '/issues/:number(\\d+)/labels/:id(\\d+)',
    async (request, response) => {
      const account = requireWriter(response);
      const { number, labels } = pulls.get(Number(request.params.number));
      const left = labels.filter(id => id !== Number(request.params.id));
      await pulls.edit(number, { labels: left }, account);
      response.status(204).end();
    },
  );

  router
    .route('/issues/:number(\\d+)/comments')
    .get((request, response) => {
      const { number } = pulls.get(Number(request.params.number));
      const comments = state.data.comments.filter(
        ({ pull }) => pull === number,
      );
      response.json(comments.map(comment => toComment(forge, comment)));
    })
    .post((request, response) => {
      const poster = requireWriter(response).login;
      const { number } = pulls.get(Number(request.params.number));
      const { body } = parseBody(commentSchema, request);
      const comment = state.update((data, nextId) => {
        const created = {
          id: nextId(),
          pull: number,
          poster,
          body,
          createdAt: currentTime(),
        };
        data.comments.push(created);
        return created;
      });
      response.status(201).json(toComment(forge, comment));
    });

  return router;
}

import type { Request, Response } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { Forge } from '../Forge';
import { currentTime } from '../ForgeState';
import { labelsOf, toComment, toLabel } from './pullRequestDto';
import { requireWriter } from './requestAccount';
import {
  goBoolean,
  goRequiredString,
  goSlice,
  goString,
  goStruct,
} from './goJson';
import { parseBody } from './parseBody';
import { paginate } from './paginate';

const colorSchema = goRequiredString.refine(
  color => /^#?[0-9a-fA-F]{6}$/.test(color),
  'not a colour',
);

const labelSchema = goStruct({
  name: goRequiredString,
  color: colorSchema,
  description: goString,
  exclusive: goBoolean,
});

/** Gitea accepts ids or names of labels. */
const issueLabelsSchema = goStruct({
  labels: goSlice(z.union([z.number(), z.string()])),
});

const commentSchema = goStruct({ body: goRequiredString });

/** Creates the routes for labels, and for labels and comments of pull requests, which are issues in Gitea's API. */
export function createIssueRoutes(forge: Forge) {
  const { pullRequests: pulls, state } = forge;
  const router = Router();

  /** Returns the ids of the labels in a request. */
  const requested = (request: Request): number[] => {
    const { labels = [] } = parseBody(issueLabelsSchema, request);
    return state.data.labels
      .filter(({ id, name }) => labels.includes(id) || labels.includes(name))
      .map(({ id }) => id);
  };

  const setLabels = async (
    request: Request,
    response: Response,
    labels: number[],
  ) => {
    const account = requireWriter(response);
    const pull = await pulls.edit(
      Number(request.params.number),
      { labels: [...new Set(labels)] },
      account,
    );
    response.json(labelsOf(forge, pull).map(label => toLabel(forge, label)));
  };

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
      const { labels } = pulls.get(Number(request.params.number));
      await setLabels(request, response, [...labels, ...requested(request)]);
    })
    .put((request, response) =>
      setLabels(request, response, requested(request)),
    )
    .delete(async (request, response) => {
      const account = requireWriter(response);
      await pulls.edit(Number(request.params.number), { labels: [] }, account);
      response.status(204).end();
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

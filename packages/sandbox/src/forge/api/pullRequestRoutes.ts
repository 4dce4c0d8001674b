import Router from 'express-promise-router';
import { z } from 'zod';
import { EMPTY_TREE } from '../../git/BareRepository';
import { ForgeError, notFound } from '../ForgeError';
import type { Forge } from '../Forge';
import { REVIEW_STATES, type PullRequest } from '../ForgeState';
import { toChangedFile, toPullRequest, toPullReview } from './pullRequestDto';
import { toCommit } from './repositoryDto';
import { requestAccount, requireWriter } from './requestAccount';
import {
  goBoolean,
  goRequiredString,
  goSlice,
  goString,
  goStruct,
} from './goJson';
import { parseBody } from './parseBody';
import { paginate } from './paginate';

const createSchema = goStruct({
  title: goRequiredString,
  body: goString,
  head: goRequiredString,
  base: goRequiredString,
  labels: goSlice(z.number()),
});

const editSchema = goStruct({
  title: goString,
  body: z.string().optional(),
  base: goString,
  labels: goSlice(z.number()),
  state: z.string().optional(),
});

const reviewSchema = goStruct({
  event: z.enum(REVIEW_STATES),
  body: goString,
});

/** Gitea accepts two names of these fields. @see code.gitea.io/gitea v1.26.0 services/forms/repo_form.go */
const mergeSchema = goStruct({
  do: goString,
  Do: goString,
  merge_title_field: goString,
  MergeTitleField: goString,
  merge_message_field: goString,
  MergeMessageField: goString,
  head_commit_id: goString,
  delete_branch_after_merge: goBoolean,
});

/** Creates the routes to list, open, read, edit, review and merge pull requests. */
export function createPullRequestRoutes(forge: Forge) {
  const { pullRequests: pulls, repository, state } = forge;
  const router = Router();

  router.get('/', async (request, response) => {
    const account = requestAccount(response);
    const requestedState = String(request.query.state ?? 'open');
    // An empty parameter is unset.
    const { base_branch: base, poster } = request.query;
    const labels = [request.query.labels ?? []]
      .flat()
      .filter(Boolean)
      .map(Number);
    const found = state.data.pulls
      .filter(
        pull =>
          requestedState === 'all' ||
          (requestedState === 'closed') === Boolean(pull.closedAt),
      )
      .filter(
        pull =>
          labels.length === 0 || labels.some(id => pull.labels.includes(id)),
      )
      .filter(pull => !base || pull.base === base)
      .filter(pull => !poster || pull.poster === poster)
      .reverse();
    if (request.query.sort === 'recentupdate') {
      found.sort(compareLastUpdate);
    }
    const page = paginate(request, response, found);
    const branches = await repository.branches();
    response.json(
      await Promise.all(
        page.map(async pull => ({
          ...(await toPullRequest(forge, pull, account, branches)),
          // Gitea omits this in lists.
          merged_by: null,
        })),
      ),
    );
  });

  router.post('/', async (request, response) => {
    const poster = requireWriter(response);
    const { head, labels = [], ...rest } = parseBody(createSchema, request);
    const pull = await pulls.open({
      ...rest,
      labels,
      head: head.replace(`${forge.owner}:`, ''),
      poster,
    });
    response.status(201).json(await toPullRequest(forge, pull, poster));
  });

  router.get('/:number(\\d+).diff', async (request, response) => {
    const { mergeBase, headCommit } = await pulls.mergeability(
      pulls.get(Number(request.params.number)),
    );
    response.type('text').send(await repository.diff(mergeBase, headCommit));
  });

  router.get('/:number(\\d+)', async (request, response) => {
    const pull = pulls.get(Number(request.params.number));
    const { mergeBase, headCommit } = await pulls.mergeability(pull);
    const changes = await repository.changes(mergeBase, headCommit);
    const sum = (key: 'additions' | 'deletions') =>
      changes.reduce((total, change) => total + change[key], 0);
    response.json({
      ...(await toPullRequest(forge, pull, requestAccount(response))),
      additions: sum('additions'),
      deletions: sum('deletions'),
      changed_files: changes.length,
    });
  });

  router.patch('/:number(\\d+)', async (request, response) => {
    const account = requireWriter(response);
    const { title, base, ...rest } = parseBody(editSchema, request);
    const pull = await pulls.edit(
      Number(request.params.number),
      { ...rest, title: title.trim() || undefined, base: base || undefined },
      account,
    );
    response.status(201).json(await toPullRequest(forge, pull, account));
  });

  router.get('/:number(\\d+)/files', async (request, response) => {
    const { mergeBase, headCommit } = await pulls.mergeability(
      pulls.get(Number(request.params.number)),
    );
    const changes = await repository.changes(mergeBase, headCommit);
    const page = paginate(request, response, changes);
    response.json(page.map(change => toChangedFile(forge, change, headCommit)));
  });

  router.get('/:number(\\d+)/commits', async (request, response) => {
    const { mergeBase, headCommit } = await pulls.mergeability(
      pulls.get(Number(request.params.number)),
    );
    const commits = await repository.log({
      from: headCommit,
      excluding: mergeBase,
    });
    const page = paginate(request, response, commits);
    response.json(
      await Promise.all(
        page.map(commit =>
          toCommit(forge, commit, commit.parents[0] ?? EMPTY_TREE),
        ),
      ),
    );
  });

  router.get('/:number(\\d+)/reviews', async (request, response) => {
    const pull = pulls.get(Number(request.params.number));
    const { headCommit } = await pulls.mergeability(pull);
    const reviews = state.data.reviews.filter(
      review => review.pull === pull.number,
    );
    const page = paginate(request, response, reviews);
    response.json(page.map(review => toPullReview(forge, review, headCommit)));
  });

  router.post('/:number(\\d+)/reviews', async (request, response) => {
    const { event, body } = parseBody(reviewSchema, request);
    const review = await pulls.review(
      Number(request.params.number),
      { state: event, body },
      requestAccount(response),
    );
    response.json(toPullReview(forge, review, review.commit));
  });

  router.get('/:number(\\d+)/merge', (request, response) => {
    if (!pulls.get(Number(request.params.number)).merged) {
      throw notFound();
    }
    response.status(204).end();
  });

  router.post('/:number(\\d+)/merge', async (request, response) => {
    const form = parseBody(mergeSchema, request);
    const style = form.do || form.Do;
    if (!style) {
      throw new ForgeError(422, '[Do]: Required');
    }
    if (style !== 'merge' && style !== 'squash') {
      throw new ForgeError(
        405,
        `${style} is not allowed an allowed merge style for this repository`,
      );
    }
    const message = [
      form.merge_title_field || form.MergeTitleField,
      form.merge_message_field || form.MergeMessageField,
    ]
      .map(part => part.trim())
      .filter(Boolean);
    await pulls.merge({
      number: Number(request.params.number),
      by: requestAccount(response),
      style,
      headCommit: form.head_commit_id || undefined,
      message: message.join('\n\n') || undefined,
      deleteBranch: form.delete_branch_after_merge,
    });
    response.status(200).end();
  });

  router.get('/:base/*', async (request, response) => {
    const { base, 0: head } = request.params as Record<string, string>;
    const found = state.data.pulls.find(
      pull => pull.base === base && pull.head === head,
    );
    if (!found) {
      throw notFound();
    }
    response.json(await toPullRequest(forge, found, requestAccount(response)));
  });

  return router;
}

/** Sort order `recentupdate` of Gitea, whose times have whole seconds. */
function compareLastUpdate(one: PullRequest, other: PullRequest): number {
  return (
    other.updatedAt.localeCompare(one.updatedAt) ||
    other.createdAt.localeCompare(one.createdAt) ||
    other.number - one.number
  );
}

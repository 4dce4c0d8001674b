import express, {
  type ErrorRequestHandler,
  type Request,
  type Response,
} from 'express';
import Router from 'express-promise-router';
import { html, type Html } from '../../http/html';
import { createAssetsRouter, sendPageOf } from '../../http/page';
import type { SandboxLogger } from '../../logger';
import { sandboxAccounts } from '../accounts';
import { ForgeError, notFound } from '../errors';
import type { Forge } from '../Forge';
import { renderPull, renderState } from './pullPage';
import { renderTime } from './parts';
import {
  findPlace,
  renderCommitPage,
  renderOverview,
  renderSource,
} from './repositoryPages';

/** What went wrong with a merge, for the person who pressed the button. */
const MERGE_PROBLEMS: Record<number, string> = {
  404: 'This pull request is closed.',
  405: 'This pull request cannot be merged: it is merged already or has conflicts.',
  409: 'The branch has changed since you opened the page. Read the changes again, then merge.',
};

/** Pages for people, with Gitea's addresses. Whoever sees them acts as the platform engineer. */
export function createPagesRouter(forge: Forge, logger: SandboxLogger) {
  const root = `/${forge.fullName}`;
  const visitor = sandboxAccounts.platformEngineer;
  const router = Router();

  const send = (response: Response, title: string, body: Html) => {
    const path = response.req.path;
    const open = forge.state.data.pulls.filter(pull => !pull.closedAt).length;
    sendPageOf(response, {
      title,
      product: 'sandbox forge',
      visitor: visitor.login,
      links: [
        { title: forge.fullName, href: root, current: path === root },
        {
          title: `Pull requests (${open})`,
          href: `${root}/pulls`,
          current: path === `${root}/pulls`,
        },
      ],
      body,
    });
  };

  router.use(createAssetsRouter());
  router.get('/', (_request, response) => response.redirect(root));

  router.get(root, async (_request, response) => {
    send(response, forge.fullName, await renderOverview(forge));
  });

  router.get(
    `${root}/src/:kind(branch|commit)/*`,
    async (request, response) => {
      const place = await findPlace(
        forge,
        request.params.kind,
        wildcard(request),
      );
      send(response, place.path || place.ref, await renderSource(forge, place));
    },
  );

  router.get(
    `${root}/raw/:kind(branch|commit)/*`,
    async (request, response) => {
      const { commit, path } = await findPlace(
        forge,
        request.params.kind,
        wildcard(request),
      );
      const entry = await forge.repository.entry(commit, path);
      if (entry?.type !== 'blob') {
        throw notFound('There is no such file.');
      }
      response.set('X-Content-Type-Options', 'nosniff').type('text/plain');
      response.send(await forge.repository.blob(entry.sha));
    },
  );

  router.get(`${root}/commit/:sha`, async (request, response) => {
    send(response, 'Commit', await renderCommitPage(forge, request.params.sha));
  });

  router.get(`${root}/pulls`, (request, response) => {
    const closed = request.query.state === 'closed';
    const pulls = forge.state.data.pulls
      .filter(pull => Boolean(pull.closedAt) === closed)
      .reverse();
    send(
      response,
      'Pull requests',
      html`<h1>Pull requests</h1>
        <nav aria-label="State">
          <a href="${root}/pulls" ${!closed && html`aria-current="page"`}
            >Open</a
          >
          <a
            href="${root}/pulls?state=closed"
            ${closed && html`aria-current="page"`}
            >Closed</a
          >
        </nav>
        ${pulls.length === 0 && html`<p class="box muted">There is none.</p>`}
        <ul class="list" ${pulls.length === 0 && html`hidden`}>
          ${pulls.map(
            pull => html`<li>
              <a href="${root}/pulls/${pull.number}">${pull.title}</a>
              <small
                >#${pull.number} by ${pull.poster},
                ${renderTime(pull.createdAt)}
                ${closed && renderState(pull)}</small
              >
            </li>`,
          )}
        </ul>`,
    );
  });

  router.get(`${root}/pulls/:number(\\d+).diff`, async (request, response) => {
    const { mergeBase, headCommit } = await forge.pulls.standing(
      forge.pulls.get(Number(request.params.number)),
    );
    response
      .type('text')
      .send(await forge.repository.diff(mergeBase, headCommit));
  });

  router.get(`${root}/pulls/:number(\\d+)`, async (request, response) => {
    const pull = forge.pulls.get(Number(request.params.number));
    send(response, pull.title, await renderPull(forge, pull));
  });

  router.use(
    express.urlencoded({ extended: false }),
    (request, _response, next) => {
      // Browsers name the page that a form was on; a form on anybody else's page must not act here.
      if (
        request.method === 'POST' &&
        request.get('origin') !== `http://${request.get('host')}`
      ) {
        throw new ForgeError(
          403,
          'This form was not sent from the forge itself.',
        );
      }
      next();
    },
  );

  router.post(
    `${root}/pulls/:number(\\d+)/merge`,
    async (request, response) => {
      const { number } = request.params;
      const { style, head, deleteBranch } = request.body as Record<
        string,
        unknown
      >;
      await forge.pulls
        .merge({
          number: Number(number),
          by: visitor,
          style: style === 'squash' ? 'squash' : 'merge',
          headCommit: String(head),
          deleteBranch: deleteBranch === 'yes',
        })
        .catch(error => {
          throw error instanceof ForgeError
            ? new ForgeError(error.status, MERGE_PROBLEMS[error.status])
            : error;
        });
      response.redirect(303, `${root}/pulls/${number}`);
    },
  );

  router.post(
    `${root}/pulls/:number(\\d+)/close`,
    async (request, response) => {
      const { number } = request.params;
      await forge.pulls.edit(Number(number), { state: 'closed' }, visitor);
      response.redirect(303, `${root}/pulls/${number}`);
    },
  );

  router.post(
    `${root}/pulls/:number(\\d+)/approve`,
    async (request, response) => {
      const { number } = request.params;
      await forge.pulls.review(
        Number(number),
        { state: 'APPROVED', body: '' },
        visitor,
      );
      response.redirect(303, `${root}/pulls/${number}`);
    },
  );

  router.use(() => {
    throw notFound('There is no such page.');
  });

  const answerError: ErrorRequestHandler = (
    error,
    request,
    response,
    _next,
  ) => {
    const known = error instanceof ForgeError;
    if (!known) {
      logger.error(`A page of the forge failed: ${error.stack}`);
    }
    response.status(known ? error.status : 500);
    const pull = /^.*\/pulls\/\d+/.exec(request.path)?.[0];
    send(
      response,
      'Not possible',
      html`<h1>Not possible</h1>
        <p class="box">
          ${known ? error.message : 'The forge failed; its log says more.'}
        </p>
        <p>
          <a href="${pull ?? root}"
            >${pull ? 'Back to the pull request' : 'To the repository'}</a
          >
        </p>`,
    );
  };
  router.use(answerError);
  return router;
}

function wildcard(request: Request): string {
  return (request.params as Record<string, string>)['0'];
}

import express, {
  type ErrorRequestHandler,
  type Request,
  type Response,
} from 'express';
import Router from 'express-promise-router';
import { html, type Html } from '../../http/html';
import { createAssetsRouter, sendHtmlPage } from '../../http/sendHtmlPage';
import type { SandboxLogger } from '../../logger';
import { sandboxAccounts } from '../accounts';
import { ForgeError, notFound } from '../ForgeError';
import type { Forge } from '../Forge';
import { renderPullRequest, renderState } from './pullRequestPage';
import { renderTime } from './fragments';
import {
  resolveSourceLocation,
  renderCommitPage,
  renderOverview,
  renderSource,
} from './repositoryPages';

/** Messages for merge errors by HTTP status. */
const MERGE_ERROR_MESSAGES: Record<number, string> = {
  404: 'This pull request is closed.',
  405: 'This pull request cannot be merged: it is already merged, or it has conflicts.',
  409: 'The branch has changed since you opened the page. Review the changes again, then merge.',
};

/** Creates the web pages at Gitea's URLs. Every visitor acts as the platform engineer. */
export function createPagesRouter(forge: Forge, logger: SandboxLogger) {
  const root = `/${forge.fullName}`;
  const visitor = sandboxAccounts.platformEngineer;
  const router = Router();

  const send = (response: Response, title: string, body: Html) => {
    const path = response.req.path;
    const open = forge.state.data.pulls.filter(pull => !pull.closedAt).length;
    sendHtmlPage(response, {
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
      const location = await resolveSourceLocation(
        forge,
        request.params.kind,
        wildcardPath(request),
      );
      send(
        response,
        location.path || location.ref,
        await renderSource(forge, location),
      );
    },
  );

  router.get(
    `${root}/raw/:kind(branch|commit)/*`,
    async (request, response) => {
      const { commit, path } = await resolveSourceLocation(
        forge,
        request.params.kind,
        wildcardPath(request),
      );
      const entry = await forge.repository.entry(commit, path);
      if (entry?.type !== 'blob') {
        throw notFound('File not found.');
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
        ${pulls.length === 0 &&
        html`<p class="box muted">No pull requests.</p>`}
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
    const { mergeBase, headCommit } = await forge.pullRequests.mergeability(
      forge.pullRequests.get(Number(request.params.number)),
    );
    response
      .type('text')
      .send(await forge.repository.diff(mergeBase, headCommit));
  });

  router.get(`${root}/pulls/:number(\\d+)`, async (request, response) => {
    const pull = forge.pullRequests.get(Number(request.params.number));
    send(response, pull.title, await renderPullRequest(forge, pull));
  });

  router.use(
    express.urlencoded({ extended: false }),
    (request, _response, next) => {
      // Reject forms of other origins (cross-site request forgery).
      if (
        request.method === 'POST' &&
        request.get('origin') !== `http://${request.get('host')}`
      ) {
        throw new ForgeError(403, 'This form was sent from another site.');
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
      await forge.pullRequests
        .merge({
          number: Number(number),
          by: visitor,
          style: style === 'squash' ? 'squash' : 'merge',
          headCommit: String(head),
          deleteBranch: deleteBranch === 'yes',
        })
        .catch(error => {
          throw error instanceof ForgeError
            ? new ForgeError(error.status, MERGE_ERROR_MESSAGES[error.status])
            : error;
        });
      response.redirect(303, `${root}/pulls/${number}`);
    },
  );

  router.post(
    `${root}/pulls/:number(\\d+)/close`,
    async (request, response) => {
      const { number } = request.params;
      await forge.pullRequests.edit(
        Number(number),
        { state: 'closed' },
        visitor,
      );
      response.redirect(303, `${root}/pulls/${number}`);
    },
  );

  router.post(
    `${root}/pulls/:number(\\d+)/approve`,
    async (request, response) => {
      const { number } = request.params;
      await forge.pullRequests.review(
        Number(number),
        { state: 'APPROVED', body: '' },
        visitor,
      );
      response.redirect(303, `${root}/pulls/${number}`);
    },
  );

  router.use(() => {
    throw notFound('Page not found.');
  });

  const handleError: ErrorRequestHandler = (
    error,
    request,
    response,
    _next,
  ) => {
    const isExpected = error instanceof ForgeError;
    if (!isExpected) {
      logger.error(`A page of the forge failed: ${error.stack}`);
    }
    response.status(isExpected ? error.status : 500);
    const pull = /^.*\/pulls\/\d+/.exec(request.path)?.[0];
    send(
      response,
      'Error',
      html`<h1>Error</h1>
        <p class="box">
          ${isExpected
            ? error.message
            : 'Internal error. See the log of the sandbox.'}
        </p>
        <p>
          <a href="${pull ?? root}"
            >${pull ? 'Back to the pull request' : 'To the repository'}</a
          >
        </p>`,
    );
  };
  router.use(handleError);
  return router;
}

function wildcardPath(request: Request): string {
  return (request.params as Record<string, string>)['0'];
}

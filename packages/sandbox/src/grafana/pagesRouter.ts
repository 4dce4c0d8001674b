import type { Response } from 'express';
import Router from 'express-promise-router';
import { html, type Html } from '../http/html';
import { createAssetsRouter, sendHtmlPage } from '../http/sendHtmlPage';
import type { Dashboards } from './Dashboards';

/** Creates the pages behind dashboard links, which describe the dashboards instead of showing data. */
export function createGrafanaPagesRouter(dashboards: Dashboards) {
  const router = Router();
  const send = (response: Response, title: string, body: Html) =>
    sendHtmlPage(response, {
      title,
      product: 'sandbox Grafana',
      links: [
        {
          title: 'Dashboards',
          href: '/dashboards',
          current: response.req.path === '/dashboards',
        },
      ],
      body,
    });

  router.use(createAssetsRouter());
  router.get('/', (_request, response) => response.redirect('/dashboards'));

  router.get(
    ['/dashboards', '/dashboards/f/:folder/:slug?'],
    async (request, response) => {
      const { folder: requestedFolder } = request.params as { folder?: string };
      const found = (await dashboards.all()).filter(
        ({ folder }) => !requestedFolder || folder === requestedFolder,
      );
      send(
        response,
        requestedFolder ?? 'Dashboards',
        html`<h1>${requestedFolder ?? 'Dashboards'}</h1>
          <ul class="list">
            ${found.map(
              ({ folder, slug, model }) => html`<li>
                <a href="/d/${model.uid}/${slug}">${model.title}</a>
                <small
                  >${folder}
                  ${model.tags.map(
                    tag => html`<span class="label">${tag}</span> `,
                  )}</small
                >
              </li>`,
            )}
          </ul>`,
      );
    },
  );

  router.get('/d/:uid/:slug?', async (request, response) => {
    const found = await dashboards.find(request.params.uid);
    if (!found) {
      response.status(404);
      send(response, 'Dashboard not found', html`<h1>Dashboard not found</h1>`);
      return;
    }
    const { title, description, tags, panels } = found.model;
    send(
      response,
      title,
      html`<h1>${title}</h1>
        <p>
          ${description}
          ${tags.map(tag => html`<span class="label">${tag}</span> `)}
        </p>
        <p class="box">
          The sandbox has no metrics. A real Grafana shows this dashboard with
          ${panels.length} panels:
        </p>
        <ul class="list">
          ${panels.map(
            panel => html`<li>
              <strong>${panel.title}</strong>
              <span class="muted">${panel.type}</span>
              ${panel.targets.map(
                target =>
                  target.expr &&
                  html`<small><code>${target.expr}</code></small>`,
              )}
            </li>`,
          )}
        </ul>`,
    );
  });

  router.use((_request, response) => {
    response.status(404);
    send(response, 'Page not found', html`<h1>Page not found</h1>`);
  });
  return router;
}

import { Router, type Response } from 'express';
import { html, type Html } from './html';
import { stylesheet } from './stylesheet';

/** One page of a server, with its header. */
export interface Page {
  title: string;
  /** What plays here, for example `sandbox forge`. */
  product: string;
  links: { title: string; href: string; current?: boolean }[];
  /** Whom the visitor acts as. */
  visitor?: string;
  body: Html;
}

/** Scripts, frames and forms to elsewhere are refused: the texts shown come from whoever writes to the repository. */
const CONTENT_POLICY =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Sends a page; the status is 200 unless the response has another. */
export function sendPageOf(response: Response, page: Page): void {
  const { title, product, links, visitor, body } = page;
  const document = html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · ${product}</title>
        <link rel="stylesheet" href="/assets/style.css" />
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>
        <header>
          <strong class="product">${product}</strong>
          <nav aria-label="Main">
            ${links.map(
              link =>
                html`<a
                  href="${link.href}"
                  ${link.current && html`aria-current="page"`}
                  >${link.title}</a
                >`,
            )}
          </nav>
          ${visitor &&
          html`<span class="visitor"
            >You act as <strong>${visitor}</strong></span
          >`}
        </header>
        <main id="content">${body}</main>
      </body>
    </html> `;
  response
    .set('Content-Security-Policy', CONTENT_POLICY)
    .set('Referrer-Policy', 'same-origin')
    .set('X-Content-Type-Options', 'nosniff')
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(document.text);
}

/** Serves what the pages link to. */
export function createAssetsRouter(): Router {
  return Router().get('/assets/style.css', (_request, response) => {
    response.type('css').send(stylesheet);
  });
}

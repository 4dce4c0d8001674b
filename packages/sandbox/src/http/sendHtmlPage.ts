import { Router, type Response } from 'express';
import { html, type Html } from './html';
import { stylesheet } from './stylesheet';

/** Content of a page and its header. */
interface HtmlPage {
  title: string;
  /** Name of the server, for example `sandbox forge`. */
  product: string;
  links: { title: string; href: string; current?: boolean }[];
  /** Login that the visitor acts as. */
  visitor?: string;
  body: Html;
}

/** Forbids scripts, frames and external forms, because pages show untrusted text from the repository. */
const CONTENT_POLICY =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Sends a page with the status of the response. */
export function sendHtmlPage(response: Response, page: HtmlPage): void {
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

/** Creates the routes of static assets. */
export function createAssetsRouter(): Router {
  return Router().get('/assets/style.css', (_request, response) => {
    response.type('css').send(stylesheet);
  });
}

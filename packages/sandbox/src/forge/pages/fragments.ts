import type { Commit } from '../../git/commits';
import { html, type Html } from '../../http/html';
import type { Forge } from '../Forge';
import { webUrl } from '../api/urls';

/** Renders a time in UTC. */
export function renderTime(date: string): Html {
  return html`<time datetime="${date}"
    >${date.replace('T', ' ').replace('Z', ' UTC')}</time
  >`;
}

/** Renders commits as a list of links with their authors. */
export function renderCommits(forge: Forge, commits: Commit[]): Html {
  return html`<ul class="list">
    ${commits.map(
      ({ sha, title, author }) => html`<li>
        <a href="${webUrl(forge)}/commit/${sha}">${title}</a>
        <small>
          <code>${sha.slice(0, 10)}</code> by ${author.name}
          &lt;${author.email}&gt;, ${renderTime(author.date)}
        </small>
      </li>`,
    )}
  </ul>`;
}

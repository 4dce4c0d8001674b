import { EMPTY_TREE } from '../../git/BareRepository';
import type { TreeEntry } from '../../git/tree';
import { html, type Html } from '../../http/html';
import { resolveCommit } from '../api/commitNames';
import { encodePath, webUrl } from '../api/shapes';
import { notFound } from '../errors';
import type { Forge } from '../Forge';
import { renderDiff } from './diff';
import { renderCommits, renderTime } from './parts';

/** A place in the repository as its address names it: `branch/main/infra` or `commit/<sha>/infra`. */
export interface Place {
  kind: 'branch' | 'commit';
  ref: string;
  commit: string;
  path: string;
}

/** Branch names have slashes, too: the longest branch that fits is meant. @throws ForgeError 404 */
export async function findPlace(
  forge: Forge,
  kind: string,
  rest: string,
): Promise<Place> {
  const segments = rest.split('/').filter(Boolean);
  if (kind === 'commit') {
    const [ref, ...path] = segments;
    return {
      kind,
      ref,
      commit: await resolveCommit(forge, ref),
      path: path.join('/'),
    };
  }
  const branches = await forge.repository.branches();
  for (let length = segments.length; length > 0; length--) {
    const ref = segments.slice(0, length).join('/');
    const commit = branches.get(ref);
    if (commit) {
      return {
        kind: 'branch',
        ref,
        commit,
        path: segments.slice(length).join('/'),
      };
    }
  }
  throw notFound('There is no such branch.');
}

/** A directory's list or a file's text. @throws ForgeError 404 */
export async function renderSource(forge: Forge, place: Place): Promise<Html> {
  const { commit, path } = place;
  const entry = path ? await forge.repository.entry(commit, path) : undefined;
  if (path && !entry) {
    throw notFound('There is no such file or directory.');
  }
  const names = path.split('/').filter(Boolean);
  const crumbs = names.map(
    (name, index) =>
      html` /
        <a
          href="${address(
            forge,
            place,
            'src',
            names.slice(0, index + 1).join('/'),
          )}"
          >${name}</a
        >`,
  );
  return html`<h1>
      <a href="${address(forge, place, 'src', '')}">${forge.name}</a>${crumbs}
    </h1>
    <p class="muted">${place.kind} <code>${place.ref}</code></p>
    ${!entry || entry.type === 'tree'
      ? await renderDirectory(forge, place)
      : await renderFile(forge, place, entry)}`;
}

async function renderDirectory(forge: Forge, place: Place): Promise<Html> {
  const entries = (await forge.repository.list(place.commit, place.path)) ?? [];
  const isTree = ({ type }: TreeEntry) => Number(type === 'tree');
  entries.sort((one, other) => isTree(other) - isTree(one));
  return html`<ul class="list">
    ${entries.map(entry => {
      const name = entry.path.split('/').at(-1);
      return html`<li>
        <a href="${address(forge, place, 'src', entry.path)}"
          >${name}${entry.type === 'tree' && '/'}</a
        >
      </li>`;
    })}
  </ul>`;
}

async function renderFile(
  forge: Forge,
  place: Place,
  entry: TreeEntry,
): Promise<Html> {
  const content = await forge.repository.blob(entry.sha);
  const raw = html`<p>
    <a href="${address(forge, place, 'raw', entry.path)}">Raw file</a>,
    ${content.length} bytes
  </p>`;
  if (content.includes(0) || content.length > 1_000_000) {
    return html`${raw}
      <p class="box">This file is not shown: it is binary or very long.</p>`;
  }
  const lines = content.toString().replace(/\n$/, '').split('\n');
  return html`${raw}
    <div class="scroll box" tabindex="0" role="region" aria-label="Content">
      <table class="code">
        ${lines.map(
          (line, index) =>
            html`<tr>
              <td class="line">${index + 1}</td>
              <td>${line}</td>
            </tr>`,
        )}
      </table>
    </div>`;
}

/** One commit and what it changed. @throws ForgeError 404 */
export async function renderCommitPage(
  forge: Forge,
  name: string,
): Promise<Html> {
  const { repository } = forge;
  const commit = await repository.commit(await resolveCommit(forge, name));
  const base = commit.parents[0] ?? EMPTY_TREE;
  const changes = await repository.changes(base, commit.sha);
  return html`<h1>${commit.title}</h1>
    <p>
      <code>${commit.sha}</code> by ${commit.author.name}
      &lt;${commit.author.email}&gt;, ${renderTime(commit.author.date)}
    </p>
    <pre>${commit.message.trim()}</pre>
    <p>
      <a href="${webUrl(forge)}/src/commit/${commit.sha}"
        >Browse the repository at this commit</a
      >
    </p>
    <h2>Files changed: ${changes.length}</h2>
    ${renderDiff(await repository.diff(base, commit.sha), changes)}`;
}

/** The repository's front page. */
export async function renderOverview(forge: Forge): Promise<Html> {
  const place = await findPlace(forge, 'branch', forge.branch);
  return html`<h1>${forge.fullName}</h1>
    <p>
      The platform repository. What is merged into
      <code>${forge.branch}</code> is applied by Argo CD.
    </p>
    <p>Clone it from <code>${webUrl(forge)}.git</code></p>
    ${await renderDirectory(forge, place)}
    <h2>Latest commits</h2>
    ${renderCommits(
      forge,
      await forge.repository.log({ from: place.commit, limit: 10 }),
    )}`;
}

function address(
  forge: Forge,
  { kind, ref }: Place,
  view: 'src' | 'raw',
  path: string,
): string {
  return `${webUrl(forge)}/${view}/${kind}/${encodePath(ref)}${
    path && `/${encodePath(path)}`
  }`;
}

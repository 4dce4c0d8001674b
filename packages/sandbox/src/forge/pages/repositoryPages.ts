import { EMPTY_TREE } from '../../git/BareRepository';
import type { TreeEntry } from '../../git/tree';
import { html, type Html } from '../../http/html';
import { resolveCommit } from '../api/resolveCommit';
import { notFound } from '../ForgeError';
import type { Forge } from '../Forge';
import { renderDiff } from './diff';
import { renderCommits, renderTime } from './fragments';
import { encodePath, webUrl } from '../api/urls';
import { cloneCommand } from '../cloneCommand';

/** A path at a branch or commit, parsed from a URL such as `branch/main/infra` or `commit/<sha>/infra`. */
interface SourceLocation {
  kind: 'branch' | 'commit';
  ref: string;
  commit: string;
  path: string;
}

/** Parses a location. Branch names may contain slashes: the longest one that matches is used. @throws ForgeError 404 */
export async function resolveSourceLocation(
  forge: Forge,
  kind: string,
  rest: string,
): Promise<SourceLocation> {
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
  throw notFound('Branch not found.');
}

/** Renders a directory or a file. @throws ForgeError 404 */
export async function renderSource(
  forge: Forge,
  location: SourceLocation,
): Promise<Html> {
  const { commit, path } = location;
  const entry = path ? await forge.repository.entry(commit, path) : undefined;
  if (path && !entry) {
    throw notFound('File or directory not found.');
  }
  const names = path.split('/').filter(Boolean);
  const crumbs = names.map(
    (name, index) =>
      html` /
        <a
          href="${sourceUrl(
            forge,
            location,
            'src',
            names.slice(0, index + 1).join('/'),
          )}"
          >${name}</a
        >`,
  );
  return html`<h1>
      <a href="${sourceUrl(forge, location, 'src', '')}">${forge.name}</a
      >${crumbs}
    </h1>
    <p class="muted">${location.kind} <code>${location.ref}</code></p>
    ${!entry || entry.type === 'tree'
      ? await renderDirectory(forge, location)
      : await renderFile(forge, location, entry)}`;
}

async function renderDirectory(
  forge: Forge,
  location: SourceLocation,
): Promise<Html> {
  const entries =
    (await forge.repository.list(location.commit, location.path)) ?? [];
  const isTree = ({ type }: TreeEntry) => Number(type === 'tree');
  entries.sort((one, other) => isTree(other) - isTree(one));
  return html`<ul class="list">
    ${entries.map(entry => {
      const name = entry.path.split('/').at(-1);
      return html`<li>
        <a href="${sourceUrl(forge, location, 'src', entry.path)}"
          >${name}${entry.type === 'tree' && '/'}</a
        >
      </li>`;
    })}
  </ul>`;
}

async function renderFile(
  forge: Forge,
  location: SourceLocation,
  entry: TreeEntry,
): Promise<Html> {
  const content = await forge.repository.blob(entry.sha);
  const raw = html`<p>
    <a href="${sourceUrl(forge, location, 'raw', entry.path)}">Raw file</a>,
    ${content.length} bytes
  </p>`;
  if (content.includes(0) || content.length > 1_000_000) {
    return html`${raw}
      <p class="box">This file is binary or too large to show.</p>`;
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

/** Renders a commit and its changes. @throws ForgeError 404 */
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

/** Renders the start page of the repository. */
export async function renderOverview(forge: Forge): Promise<Html> {
  const location = await resolveSourceLocation(forge, 'branch', forge.branch);
  return html`<h1>${forge.fullName}</h1>
    <p>
      The platform repository. Argo CD deploys the branch
      <code>${forge.branch}</code>.
    </p>
    <p>Clone it with the token of the platform engineer:</p>
    <pre>${cloneCommand(forge)}</pre>
    ${await renderDirectory(forge, location)}
    <h2>Latest commits</h2>
    ${renderCommits(
      forge,
      await forge.repository.log({ from: location.commit, limit: 10 }),
    )}`;
}

function sourceUrl(
  forge: Forge,
  { kind, ref }: SourceLocation,
  view: 'src' | 'raw',
  path: string,
): string {
  return `${webUrl(forge)}/${view}/${kind}/${encodePath(ref)}${
    path && `/${encodePath(path)}`
  }`;
}

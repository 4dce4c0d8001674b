import type { TreeEntry } from '../../git/tree';
import { notFound } from '../ForgeError';
import type { Forge } from '../Forge';
import { resolveCommit } from './resolveCommit';
import { apiUrl, encodePath, webUrl } from './urls';

/** Builds Gitea's `ContentsResponse` of a file, or a list of them for a directory. @throws ForgeError 404 */
export async function toContents(forge: Forge, ref: string, path: string) {
  const commit = await resolveCommit(forge, ref);
  const entry = path ? await forge.repository.entry(commit, path) : undefined;
  if (path && !entry) {
    throw notFound(`object does not exist [id: , rel_path: ${path}]`);
  }
  const describe = async (item: TreeEntry) => {
    const [last] = await forge.repository.log({
      from: commit,
      path: item.path,
      limit: 1,
    });
    return describeEntry(forge, ref, item, last);
  };
  if (!entry || entry.type === 'tree') {
    const entries = (await forge.repository.list(commit, path)) ?? [];
    return Promise.all(entries.map(describe));
  }
  const content = await forge.repository.blob(entry.sha);
  const contents = await describe(entry);
  return contents.type === 'symlink'
    ? { ...contents, target: content.toString() }
    : { ...contents, encoding: 'base64', content: content.toString('base64') };
}

function contentType({ mode, type }: TreeEntry): string {
  if (mode === '120000') {
    return 'symlink';
  }
  return { blob: 'file', tree: 'dir', commit: 'submodule' }[type];
}

function describeEntry(
  forge: Forge,
  ref: string,
  entry: TreeEntry,
  last: { sha: string; author: { date: string }; committer: { date: string } },
) {
  const path = encodePath(entry.path);
  const self = `${apiUrl(forge)}/contents/${path}?ref=${encodeURIComponent(
    ref,
  )}`;
  const kind = /^[0-9a-f]{40}$/.test(ref) ? 'commit' : 'branch';
  const web = `${webUrl(forge)}/src/${kind}/${encodePath(ref)}/${path}`;
  const git = `${apiUrl(forge)}/git/${entry.type}s/${entry.sha}`;
  const type = contentType(entry);
  return {
    name: entry.path.split('/').at(-1),
    path: entry.path,
    sha: entry.sha,
    last_commit_sha: last.sha,
    last_committer_date: last.committer.date,
    last_author_date: last.author.date,
    type,
    size: entry.size ?? 0,
    encoding: null,
    content: null,
    target: null,
    url: self,
    html_url: web,
    git_url: git,
    download_url:
      type === 'file'
        ? `${webUrl(forge)}/raw/${kind}/${encodePath(ref)}/${path}`
        : null,
    submodule_git_url: null,
    _links: { self, git, html: web },
  };
}

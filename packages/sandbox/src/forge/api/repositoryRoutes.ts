import Router from 'express-promise-router';
import { EMPTY_TREE } from '../../git/BareRepository';
import { notFound } from '../ForgeError';
import type { Forge } from '../Forge';
import { resolveComparison, resolveCommit } from './resolveCommit';
import { toContents } from './contents';
import { toBranch, toCommit, toRepository } from './repositoryDto';
import { requestAccount, requireWriter } from './requestAccount';
import { paginate } from './paginate';
import { apiUrl } from './urls';

const ARCHIVE = /^(.+)\.(tar\.gz|tar)$/;

/** Creates the routes for the repository, branches, contents, commits, trees, comparisons and archives. */
export function createRepositoryRoutes(forge: Forge) {
  const { repository } = forge;
  const router = Router();

  router.get('/', (_request, response) => {
    response.json(toRepository(forge, requestAccount(response)));
  });

  router.get('/branches', async (request, response) => {
    const account = requestAccount(response);
    const branches = [...(await repository.branches())];
    const page = paginate(request, response, branches);
    response.json(
      await Promise.all(
        page.map(async ([name, sha]) =>
          toBranch(forge, account, name, await repository.commit(sha)),
        ),
      ),
    );
  });

  router.get('/branches/*', async (request, response) => {
    const name = wildcardPath(request.params);
    const sha = (await repository.branches()).get(name);
    if (!sha) {
      throw notFound();
    }
    const commit = await repository.commit(sha);
    response.json(toBranch(forge, requestAccount(response), name, commit));
  });

  router.delete('/branches/*', async (request, response) => {
    const account = requireWriter(response);
    await forge.pullRequests.deleteBranch(
      wildcardPath(request.params),
      forge.branch,
      account,
    );
    response.status(204).end();
  });

  router.get(['/contents', '/contents/*'], async (request, response) => {
    const ref = request.query.ref ? String(request.query.ref) : forge.branch;
    response.json(await toContents(forge, ref, wildcardPath(request.params)));
  });

  router.get(['/raw/*', '/media/*'], async (request, response) => {
    const ref = request.query.ref ? String(request.query.ref) : forge.branch;
    const path = wildcardPath(request.params);
    const commit = await resolveCommit(forge, ref);
    const entry = await repository.entry(commit, path);
    if (entry?.type !== 'blob') {
      throw notFound(`object does not exist [id: , rel_path: ${path}]`);
    }
    response
      .type('application/octet-stream')
      .send(await repository.blob(entry.sha));
  });

  router.get('/git/commits/:ref', async (request, response) => {
    const commit = await repository.commit(
      await resolveCommit(forge, request.params.ref),
    );
    response.json(
      await toCommit(forge, commit, commit.parents[0] ?? EMPTY_TREE),
    );
  });

  router.get('/git/trees/:ref', async (request, response) => {
    const sha = await resolveCommit(forge, request.params.ref);
    const recursive = ['1', 'true'].includes(String(request.query.recursive));
    const entries = (await repository.list(sha, '', { recursive })) ?? [];
    const perPage = Math.min(Number(request.query.per_page) || 1000, 1000);
    const page = Math.max(Number(request.query.page) || 1, 1);
    response.json({
      sha,
      url: `${apiUrl(forge)}/git/trees/${sha}`,
      tree: entries.slice((page - 1) * perPage, page * perPage).map(entry => ({
        path: entry.path,
        mode: entry.mode,
        type: entry.type,
        size: entry.size ?? 0,
        sha: entry.sha,
        url: `${apiUrl(forge)}/git/${entry.type}s/${entry.sha}`,
      })),
      truncated: page * perPage < entries.length,
      page,
      total_count: entries.length,
    });
  });

  router.get('/compare/*', async (request, response) => {
    const { base, head } = await resolveComparison(
      forge,
      wildcardPath(request.params),
    );
    const commits = await repository.log({ from: head, excluding: base });
    response.json({
      total_commits: commits.length,
      commits: await Promise.all(
        commits.map(commit =>
          toCommit(forge, commit, commit.parents[0] ?? EMPTY_TREE),
        ),
      ),
    });
  });

  router.get('/archive/*', async (request, response) => {
    const [, ref, format] = ARCHIVE.exec(wildcardPath(request.params)) ?? [];
    if (!ref) {
      throw notFound('Unknown archive format');
    }
    const commit = await resolveCommit(forge, ref);
    response
      .type(format === 'tar' ? 'application/x-tar' : 'application/gzip')
      .attachment(`${forge.name}-${ref.replaceAll('/', '-')}.${format}`)
      .send(
        await repository.archive(
          commit,
          format as 'tar' | 'tar.gz',
          forge.name,
        ),
      );
  });

  return router;
}

function wildcardPath(params: Record<string, string>): string {
  return (params['0'] ?? '').replace(/\/$/, '');
}

import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createForge } from '../createForge';
import { DescribedApi, type Handlers } from './DescribedApi';
import type { ForgeTarget } from './ForgeTarget';
import { pageOf, StubRepository, type StubPull } from './StubRepository';

const PORTAL = 'ml-portal';
const REVIEWER = 'grace';
const PAGE = 'https://gitlab.example.com/acme/platform';

/** GitLab's REST API on a project in memory. */
export async function startGitlabStub(): Promise<ForgeTarget> {
  const repository = new StubRepository();
  const api = new DescribedApi('gitlab.yaml');

  function withPull(
    params: Record<string, string>,
    answer: (pull: StubPull) => { status: number; body: unknown },
  ) {
    const pull = repository.find(Number(params.merge_request_iid));
    return pull && answer(pull);
  }
  const person = (username: string) =>
    api.object('APIEntitiesUserBasic', { username });
  const shown = (pull: StubPull) =>
    api.object('APIEntitiesMergeRequest', {
      id: 1000 + pull.number,
      iid: pull.number,
      title: pull.title,
      description: pull.body,
      state: stateOf(pull),
      created_at: pull.createdAt,
      updated_at: pull.updatedAt,
      closed_at: pull.state === 'closed' ? pull.closedAt : null,
      merged_at: pull.state === 'merged' ? pull.closedAt : null,
      merge_user: pull.state === 'merged' ? person(REVIEWER) : null,
      merge_commit_sha: pull.mergeCommit,
      squash_commit_sha: null,
      source_branch: pull.branch,
      target_branch: pull.base,
      source_project_id: pull.fromFork ? 2 : 1,
      target_project_id: 1,
      author: person(PORTAL),
      labels: pull.labels,
      sha: repository.headOf(pull.branch),
      web_url: `${PAGE}/-/merge_requests/${pull.number}`,
    });

  const handlers: Handlers = {
    getApiV4ProjectsIdMergeRequests: ({ query }) => {
      const found = repository.pulls
        .filter(
          pull =>
            (query.state === 'all' || query.state === stateOf(pull)) &&
            (query.source_branch === undefined ||
              query.source_branch === pull.branch) &&
            (query.updated_after === undefined ||
              Date.parse(pull.updatedAt) >=
                Date.parse(String(query.updated_after))),
        )
        .sort((a, b) =>
          query.order_by === 'updated_at'
            ? b.updatedAt.localeCompare(a.updatedAt)
            : b.number - a.number,
        );
      return ok(pageOf(found, query).map(shown));
    },
    postApiV4ProjectsIdMergeRequests: ({ body }) => {
      const pull = repository.open({
        branch: String(body.source_branch),
        base: String(body.target_branch),
        title: String(body.title),
        body: String(body.description ?? ''),
        labels: (body.labels as string[] | undefined) ?? [],
      });
      return pull
        ? { status: 201, body: shown(pull) }
        : {
            status: 409,
            body: {
              message: [
                'Another open merge request already exists for this source branch: !1',
              ],
            },
          };
    },
    getApiV4ProjectsIdMergeRequestsMergeRequestIid: ({ params }) =>
      withPull(params, pull => ok(shown(pull))),
    putApiV4ProjectsIdMergeRequestsMergeRequestIid: ({ params, body }) =>
      withPull(params, pull =>
        ok(shown(body.state_event === 'close' ? repository.close(pull) : pull)),
      ),
    getApiV4ProjectsIdMergeRequestsMergeRequestIidDiffs: ({ params, query }) =>
      withPull(params, ({ branch }) =>
        ok(
          pageOf(repository.filesOf(branch), query).map(file =>
            api.object('APIEntitiesDiff', {
              new_path: file.path,
              old_path: file.previousPath ?? file.path,
              new_file: file.status === 'added',
              renamed_file: file.status === 'renamed',
              deleted_file: file.status === 'removed',
            }),
          ),
        ),
      ),
    getApiV4ProjectsIdMergeRequestsMergeRequestIidApprovals: ({ params }) =>
      withPull(params, pull => {
        const last = lastDecision(pull);
        const approved = last?.decision === 'approved';
        return ok({
          approved,
          approved_by: approved
            ? [{ user: person(REVIEWER), approved_at: last.at }]
            : [],
        });
      }),
    getApiV4ProjectsIdMergeRequestsMergeRequestIidReviewers: ({ params }) =>
      withPull(params, pull => {
        const last = lastDecision(pull);
        return ok(
          last
            ? [
                {
                  user: person(REVIEWER),
                  state:
                    last.decision === 'approved'
                      ? 'approved'
                      : 'requested_changes',
                  created_at: last.at,
                },
              ]
            : [],
        );
      }),
    getApiV4ProjectsIdRepositoryCommitsShaStatuses: ({ params, query }) =>
      ok(
        pageOf(repository.checksOf(params.sha), query).map(check =>
          api.object('APIEntitiesCommitStatus', {
            sha: params.sha,
            name: check.name,
            status: { running: 'running', failed: 'failed', passed: 'success' }[
              check.state
            ],
            description: check.text,
            target_url: check.link,
            created_at: check.at,
            finished_at: check.state === 'running' ? null : check.at,
            allow_failure: false,
          }),
        ),
      ),
  };
  const url = await api.start(handlers);
  const config = mockServices.rootConfig({
    data: {
      integrations: {
        gitlab: [
          {
            host: 'gitlab.example.com',
            baseUrl: 'https://gitlab.example.com',
            apiBaseUrl: `${url}/api/v4`,
            token: 'secret-token',
          },
        ],
      },
    },
  });
  return {
    forge: createForge(
      { url: `${PAGE}.git`, account: PORTAL },
      ScmIntegrations.fromConfig(config),
    ),
    repositoryPage: PAGE,
    pages: { files: '-/blob', pullRequest: '-/merge_requests' },
    people: { portal: PORTAL, reviewer: REVIEWER },
    ...repository.actions(),
    problems: () => api.problems,
    stop: () => api.stop(),
  };
}

function ok(body: unknown) {
  return { status: 200, body };
}

function stateOf({ state }: StubPull): string {
  return state === 'open' ? 'opened' : state;
}

function lastDecision({ reviews }: StubPull) {
  return reviews.filter(({ decision }) => decision !== 'commented').at(-1);
}

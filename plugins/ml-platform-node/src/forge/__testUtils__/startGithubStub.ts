import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createForge } from '../createForge';
import { DescribedApi, type Handlers } from './DescribedApi';
import type { ForgeTarget } from './ForgeTarget';
import { pageOf, StubRepository, type StubPull } from './StubRepository';

const PORTAL = 'ml-portal[bot]';
const REVIEWER = 'grace';
const page = 'https://github.example.com/acme/platform';

const reviewStates = {
  approved: 'APPROVED',
  'changes-requested': 'CHANGES_REQUESTED',
  commented: 'COMMENTED',
};

/** GitHub's REST API on a repository in memory. */
export async function startGithubStub(): Promise<ForgeTarget> {
  const repository = new StubRepository();
  const api = new DescribedApi('github.json');

  function withPull(
    params: Record<string, string>,
    answer: (pull: StubPull) => { status: number; body: unknown },
  ) {
    const pull = repository.find(Number(params.pull_number));
    return pull && answer(pull);
  }
  const label = (name: string) => api.object('label', { name });
  const person = (login: string) => api.object('simple-user', { login });
  const branchOf = (ref: string, sha: string, id: number) => ({
    label: `acme:${ref}`,
    ref,
    sha,
    repo: api.object('repository', { id }),
    user: person('acme'),
  });
  const fieldsOf = (pull: StubPull) => ({
    number: pull.number,
    html_url: `${page}/pull/${pull.number}`,
    title: pull.title,
    body: pull.body,
    state: isOpen(pull) ? 'open' : 'closed',
    user: person(PORTAL),
    labels: pull.labels.map(label),
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.state === 'merged' ? pull.closedAt : null,
    // Of an open pull request it is that of a trial merge.
    merge_commit_sha: pull.mergeCommit ?? 'f'.repeat(40),
    head: branchOf(
      pull.branch,
      repository.headOf(pull.branch),
      pull.fromFork ? 2 : 1,
    ),
    base: branchOf(pull.base, '0'.repeat(40), 1),
  });
  const single = (pull: StubPull) =>
    api.object('pull-request', {
      ...fieldsOf(pull),
      merged: pull.state === 'merged',
      merged_by: pull.state === 'merged' ? person(REVIEWER) : null,
    });

  const handlers: Handlers = {
    'pulls/list': ({ query }) => {
      const { state, head, sort } = query;
      const found = repository.pulls
        .filter(
          pull =>
            (state === 'all' || isOpen(pull) === (state !== 'closed')) &&
            (head === undefined || head === headLabel(pull)),
        )
        .sort((a, b) =>
          sort === 'updated'
            ? b.updatedAt.localeCompare(a.updatedAt)
            : b.number - a.number,
        );
      return ok(
        pageOf(found, query).map(pull =>
          api.object('pull-request-simple', fieldsOf(pull)),
        ),
      );
    },
    'pulls/create': ({ body }) => {
      const branch = String(body.head);
      const pull = repository.open({
        branch,
        base: String(body.base),
        title: String(body.title),
        body: String(body.body ?? ''),
        labels: [],
      });
      return pull
        ? { status: 201, body: single(pull) }
        : {
            status: 422,
            body: {
              message: 'Validation Failed',
              documentation_url:
                'https://docs.github.com/rest/pulls/pulls#create-a-pull-request',
              errors: [
                {
                  resource: 'PullRequest',
                  code: 'custom',
                  message: `A pull request already exists for acme:${branch}.`,
                },
              ],
            },
          };
    },
    'pulls/get': ({ params }) => withPull(params, pull => ok(single(pull))),
    'pulls/update': ({ params, body }) =>
      withPull(params, pull =>
        ok(single(body.state === 'closed' ? repository.close(pull) : pull)),
      ),
    'pulls/list-files': ({ params, query }) =>
      withPull(params, ({ branch }) =>
        ok(
          pageOf(repository.filesOf(branch), query).map(file =>
            api.object('diff-entry', {
              filename: file.path,
              status: file.status,
              ...(file.previousPath && {
                previous_filename: file.previousPath,
              }),
            }),
          ),
        ),
      ),
    'pulls/list-reviews': ({ params, query }) =>
      withPull(params, ({ reviews }) =>
        ok(
          pageOf(reviews, query).map(review =>
            api.object('pull-request-review', {
              user: person(REVIEWER),
              state: reviewStates[review.decision],
              commit_id: review.commit,
              submitted_at: review.at,
              author_association: 'MEMBER',
            }),
          ),
        ),
      ),
    // GitHub Actions, in this stub, runs the check of the platform repository; other systems write statuses.
    'checks/list-for-ref': ({ params }) => {
      const runs = repository
        .checksOf(params.ref)
        .filter(({ name }) => name === 'platform-check');
      return ok({
        total_count: runs.length,
        check_runs: runs.map(run =>
          api.object('check-run', {
            name: run.name,
            head_sha: params.ref,
            status: run.state === 'running' ? 'in_progress' : 'completed',
            conclusion: conclusionOf(run.state),
            started_at: run.at,
            completed_at: run.state === 'running' ? null : run.at,
            details_url: run.link,
            output: {
              title: run.text,
              summary: null,
              text: null,
              annotations_count: 0,
              annotations_url: `${page}/annotations`,
            },
          }),
        ),
      });
    },
    'repos/get-combined-status-for-ref': ({ params }) => {
      const statuses = repository
        .checksOf(params.ref)
        .filter(({ name }) => name !== 'platform-check');
      return ok(
        api.object('combined-commit-status', {
          sha: params.ref,
          total_count: statuses.length,
          statuses: statuses.map(status =>
            api.object('simple-commit-status', {
              context: status.name,
              state: statusOf(status.state),
              description: status.text,
              target_url: status.link,
              updated_at: status.at,
            }),
          ),
        }),
      );
    },
    'issues/add-labels': ({ params, body }) =>
      withPull({ pull_number: params.issue_number }, pull => {
        pull.labels.push(...(body.labels as string[]));
        return ok(pull.labels.map(label));
      }),
  };
  const url = await api.start(handlers);
  const config = mockServices.rootConfig({
    data: {
      integrations: {
        github: [
          {
            host: 'github.example.com',
            apiBaseUrl: url,
            token: 'secret-token',
          },
        ],
      },
    },
  });
  return {
    forge: createForge(
      { url: `${page}.git`, account: PORTAL },
      ScmIntegrations.fromConfig(config),
    ),
    repositoryPage: page,
    pages: { files: 'blob', pullRequest: 'pull' },
    people: { portal: PORTAL, reviewer: REVIEWER },
    ...repository.actions(),
    problems: () => api.problems,
    stop: () => api.stop(),
  };
}

function ok(body: unknown) {
  return { status: 200, body };
}

function isOpen({ state }: StubPull): boolean {
  return state === 'open';
}

function headLabel({ branch, fromFork }: StubPull): string {
  return `${fromFork ? 'mallory' : 'acme'}:${branch}`;
}

function conclusionOf(state: 'running' | 'failed' | 'passed'): string | null {
  return { running: null, failed: 'failure', passed: 'success' }[state];
}

function statusOf(state: 'running' | 'failed' | 'passed'): string {
  return { running: 'pending', failed: 'failure', passed: 'success' }[state];
}

import {
  changeRequestBranch,
  formatTrailer,
  type Forge,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import { openOnce } from './openOnce';

const ME = 'user:default/ml-engineer';
const repository = {
  url: 'https://forge.example.com/a/b.git',
  trailerSecret: 's',
};

/** An open pull request of the portal for a run. */
function pullRequest(index: number) {
  const target = {
    team: 'app-ml-team',
    workload: 'churn',
    environment: 'dev',
    run: `churn-${index}`,
  };
  const branch = changeRequestBranch('training-run', target);
  const trailer = {
    ...target,
    id: 'x',
    template: 'template:default/training-run',
    requester: ME,
    digest: 'x',
    repository: repository.url,
    branch,
    commit: 'c',
  };
  return {
    number: index,
    branch,
    author: 'portal',
    fromFork: false,
    headCommit: 'c',
    body: formatTrailer(trailer, repository.trailerSecret),
  };
}

const open = (count: number, requester: string) =>
  openOnce(
    {
      forge: {
        account: 'portal',
        listOpenPullRequests: async () =>
          Array.from({ length: count }, (_, index) => pullRequest(index)),
        findPullRequest: async () => {
          throw new Error('It goes on');
        },
      } as unknown as Forge,
      repository: {} as PlatformRepository,
      config: { repository } as Parameters<typeof openOnce>[0]['config'],
    },
    {
      changeRequest: {
        template: 'template:default/training-run',
        team: 'app-ml-team',
        workload: 'churn',
        environment: 'dev',
        run: 'churn-new',
        requester,
        digest: 'y',
      },
      templateName: 'training-run',
      commit: 'd',
      commitOn: async () => 'd',
      title: 'x',
      body: '',
    },
  );

it('lets one person have 100 open pull requests', async () => {
  await expect(open(100, ME)).rejects.toThrow(
    /You have 100 open pull requests, and can have no more/,
  );
  await expect(open(99, ME)).rejects.toThrow('It goes on');
  await expect(open(100, 'user:default/other')).rejects.toThrow('It goes on');
});

import { ServiceUnavailableError } from '@backstage/errors';
import { platformInfoSchema } from '@internal/plugin-ml-platform-common';
import { FakeKubernetes } from '@internal/plugin-ml-platform-node/testing';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

const tenant = (team: string) => [
  `infra/gitops/tenants/${team}/argocd/project.yaml`,
  `infra/gitops/tenants/${team}/overlays/dev/kustomization.yaml`,
];

describe('GET /platform', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;
  let reachable: boolean;

  beforeEach(async () => {
    reachable = true;
    kubernetes = await FakeKubernetes.start();
    platform = await startMlPlatform({
      kubernetes,
      repository: {
        head: async () => {
          if (!reachable) {
            throw new ServiceUnavailableError('Cannot be reached.');
          }
          return 'a'.repeat(40);
        },
        list: async () => [
          'infra/gitops/tenants/README.md',
          ...tenant('app-ml-team'),
          ...tenant('app-data-team'),
        ],
      },
    });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  const read = async (person: string) =>
    platformInfoSchema.parse((await platform.get(person, '/platform')).body);

  it('lists the teams that a person may request changes for', async () => {
    const teams = {
      'ml-engineer': [{ name: 'app-ml-team', title: 'ML team' }],
      'platform-engineer': [
        { name: 'app-data-team', title: 'app-data-team' },
        { name: 'app-ml-team', title: 'ML team' },
      ],
      'security-engineer': [],
    };
    for (const [person, requestableTeams] of Object.entries(teams)) {
      expect(await read(person)).toEqual({
        sandbox: true,
        forgeUrl: 'http://forge.example.com/acme/platform/pulls',
        environments: [
          { name: 'dev', cluster: 'sandbox', namespaceSuffix: '-dev' },
          { name: 'prod', cluster: 'sandbox', namespaceSuffix: '' },
        ],
        requestableTeams,
        problems: [],
        planDifferences: [],
      });
    }
  });

  it('responds while the platform repository is unreachable', async () => {
    reachable = false;

    expect(await read('ml-engineer')).toMatchObject({
      sandbox: true,
      requestableTeams: [],
      problems: [{ source: 'Platform repository', kind: 'unreachable' }],
    });
  });
});

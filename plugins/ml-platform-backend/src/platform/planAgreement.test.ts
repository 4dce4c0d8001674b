import { ServiceUnavailableError } from '@backstage/errors';
import { platformInfoSchema } from '@internal/plugin-ml-platform-common';
import { FakeKubernetes } from '@internal/plugin-ml-platform-node/testing';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

const [AGREED, CHANGED] = ['a'.repeat(40), 'b'.repeat(40)];

const plan = (environments: string) => `organization: acme
repository: { server: http://forge.example.com, name: platform, branch: main, root: infra }
forge: { type: gitea, platformTeam: platform-team }
environments: [${environments}]
clusters: [{ name: sandbox, type: eks }]
`;
const DEV = '{ name: dev, cluster: sandbox, namespaceSuffix: -dev }';
const PROD = '{ name: prod, cluster: sandbox }';

describe('the plan of the platform repository', () => {
  let kubernetes: FakeKubernetes;
  let plans: Record<string, string>;
  let head: string;

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    plans = { [AGREED]: plan(`${DEV}, ${PROD}`) };
    head = AGREED;
  });
  afterEach(() => kubernetes.stop());

  const start = (reachable = true) =>
    startMlPlatform({
      kubernetes,
      repository: {
        lastKnownHead: () => (reachable ? head : undefined),
        head: async () => {
          throw new ServiceUnavailableError('Cannot be reached.');
        },
        list: async () => [],
        read: async (commit, [path]) =>
          new Map([[path, Buffer.from(plans[commit])]]),
      },
    });
  const differences = async (
    platform: Awaited<ReturnType<typeof startMlPlatform>>,
  ) =>
    platformInfoSchema.parse(
      (await platform.get('ml-engineer', '/platform')).body,
    ).planDifferences;

  it('keeps the portal from starting with a difference', async () => {
    plans[AGREED] = plan(`${DEV}, { name: qa, cluster: sandbox }`);
    await expect(start()).rejects.toThrow(
      /mlPlatform\.environments has "prod", which is not in infra\/platform\.yaml\. mlPlatform\.environments lacks "qa" of infra\/platform\.yaml\./,
    );
  });

  it('tells pages about a difference that comes later', async () => {
    const platform = await start();
    try {
      expect(await differences(platform)).toEqual([]);
      plans[CHANGED] = plan(DEV);
      head = CHANGED;
      expect(await differences(platform)).toEqual([
        'mlPlatform.environments has "prod", which is not in infra/platform.yaml.',
      ]);
    } finally {
      await platform.stop();
    }
  });

  it('lets the portal start while the repository cannot be read', async () => {
    const platform = await start(false);
    expect(await differences(platform)).toEqual([]);
    await platform.stop();
  });
});

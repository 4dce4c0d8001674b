import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import { readCase } from '../__testUtils__/readCase';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

describe('messages of configuration audits', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;
  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', 'app-ml-team-dev'),
      ...readCase('34-config-audit-names-no-container'),
    ];
    platform = await startMlPlatform({ kubernetes });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });
  const get = async (path: string) => {
    const { status, body } = await platform.get('ml-engineer', path);
    expect({ path, status }).toEqual({ path, status: 200 });
    return body;
  };
  const say = (message: string) => {
    const { report } = kubernetes.objects.at(-1) as any;
    report.checks = [{ ...report.checks[0], messages: [message] }];
  };

  it('names the containers and values that fail a check', async () => {
    const { items } = await get('/config-audits?workload=case-34');

    expect(items).toMatchObject([
      {
        rule: 'KSV014',
        containers: ['istio-proxy'],
        messages: [
          "Container 'istio-proxy' of ReplicaSet 'case-34-6d5f' should set 'securityContext.readOnlyRootFilesystem' to true",
        ],
      },
      {
        rule: 'KSV0125',
        containers: ['istio-proxy', 'server'],
        messages: [
          "Container 'server' of replicaset 'case-34-6d5f' uses an image from an untrusted registry: ghcr.io",
          "Container 'istio-proxy' ...",
        ],
      },
    ]);
  });

  it.each([
    ['container server of deployment x in y namespace should …', ['server']],
    ["Container of Deployment 'x' should set 'automount'", []],
    ["Deployment 'x' should not set 'hostNetwork' to true", []],
  ])('reads the container of "%s"', async (message, containers) => {
    say(message);

    const { items } = await get('/config-audits');

    expect(items).toMatchObject([{ containers, messages: [message] }]);
  });

  it('does not repeat what a check found in a ConfigMap', async () => {
    say(
      `ConfigMap 'x' in 'y' namespace stores secrets in key(s) or value(s) '{"db: hunter2"}'`,
    );

    const { items } = await get('/config-audits');

    expect(items[0].messages).toEqual([
      "ConfigMap 'x' in 'y' namespace stores secrets in key(s) or value(s) …",
    ]);
  });
});

import { mockServices } from '@backstage/backend-test-utils';
import type { EventParams } from '@backstage/plugin-events-node';
import { PlatformEntityProvider } from './PlatformEntityProvider';

describe('PlatformEntityProvider', () => {
  const file = 'gitops/workloads/app-ml-team/a/catalog-info.yaml';
  const logger = mockServices.logger.mock();
  const applyMutation = jest.fn(async () => {});
  const refresh = jest.fn(async () => {});
  const head = jest.fn<Promise<string>, []>();
  let push: ((event: EventParams) => Promise<void>) | undefined;

  beforeEach(async () => {
    jest.clearAllMocks();
    head.mockResolvedValue('1');
    await new PlatformEntityProvider({
      repository: {
        branch: 'main',
        contains: async () => false,
        head,
        directories: async () => new Map([['app-ml-team', await head()]]),
        entries: async (commit, directory) =>
          directory === 'people'
            ? new Map([['people/teams.yaml', commit]])
            : new Map([[file, 'content']]),
        fileHistory: async () => [],
        readLimited: async () =>
          new Map([
            [
              file,
              Buffer.from(
                '{apiVersion: backstage.io/v1alpha1, kind: Component, metadata: {name: a}, spec: {type: service, lifecycle: production}}',
              ),
            ],
          ]),
      },
      forge: { fileUrl: ({ path }) => `https://forge.example.com/${path}` },
      environments: [],
      locationTargets: [
        'https://forge.example.com/people/all.yaml',
        'https://elsewhere.example.com/all.yaml',
      ],
      rootDirectory: '',
      events: {
        publish: async () => {},
        subscribe: async options => {
          expect(options.topics).toEqual(['ml-platform.repository.push']);
          push = options.onEvent;
        },
      },
      schedule: { run: async ({ fn }) => fn(new AbortController().signal) },
      logger,
    }).connect({ applyMutation, refresh });
  });

  const pushed = () =>
    push?.({ topic: 'ml-platform.repository.push', eventPayload: {} });

  it('emits at start and after a push with a new commit', async () => {
    expect(applyMutation).toHaveBeenCalledTimes(1);
    await pushed();
    expect(applyMutation).toHaveBeenCalledTimes(1);
    head.mockResolvedValue('2');
    await Promise.all([pushed(), pushed()]);
    expect(applyMutation).toHaveBeenCalledTimes(2);
    expect(applyMutation).toHaveBeenLastCalledWith({
      type: 'full',
      entities: [
        expect.objectContaining({
          locationKey: 'ml-platform',
          entity: expect.objectContaining({ kind: 'Component' }),
        }),
      ],
    });
  });

  it('keeps its entities while the forge is unreachable, warns once and recovers', async () => {
    head.mockRejectedValue(new Error('cannot be reached'));
    await pushed();
    await pushed();
    expect(logger.warn).toHaveBeenCalledTimes(1);
    head.mockResolvedValue('3');
    await pushed();
    expect(applyMutation).toHaveBeenCalledTimes(2);
    // A failed mutation is retried.
    applyMutation.mockRejectedValueOnce(new Error('database is locked'));
    head.mockResolvedValue('4');
    await pushed();
    await pushed();
    expect(applyMutation).toHaveBeenCalledTimes(4);
  });

  it('refreshes entities of changed files that the catalog reads by URL, again if that fails', async () => {
    expect(refresh).not.toHaveBeenCalled();
    refresh.mockRejectedValueOnce(new Error('database is locked'));
    head.mockResolvedValue('2');
    await pushed();
    await pushed();
    await pushed();
    const keys = ['url:https://forge.example.com/people/teams.yaml'];
    expect(refresh.mock.calls).toEqual([[{ keys }], [{ keys }]]);
  });
});

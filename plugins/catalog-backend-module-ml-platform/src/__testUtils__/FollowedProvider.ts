import { mockServices } from '@backstage/backend-test-utils';
import type { TestForge } from '@internal/plugin-ml-platform-node/testing-forge';
import { PlatformEntityProvider } from '../PlatformEntityProvider';

type Repository = Awaited<
  ReturnType<TestForge['openRepository']>
>['repository'];

/** The parts of an entity that tests look at. */
interface ProvidedEntity {
  kind: string;
  metadata: { name: string; annotations: Record<string, string> };
  spec: { owner: string };
}

/** A provider that reads the commits of a test, one at a time. */
export class FollowedProvider {
  readonly logger = mockServices.logger.mock();
  readonly #applyMutation = jest.fn();
  #head: string;
  #poll = async () => {};

  /** Starts a provider, which reads the first commit. */
  static async start(
    repository: Repository,
    head: string,
  ): Promise<FollowedProvider> {
    const followed = new FollowedProvider(head);
    await followed.#connect(repository);
    return followed;
  }

  private constructor(head: string) {
    this.#head = head;
  }

  async follow(commit: string): Promise<void> {
    this.#head = commit;
    await this.#poll();
  }

  /** Entities of the last mutation. */
  entities(): ProvidedEntity[] {
    const { entities } = this.#applyMutation.mock.lastCall[0] as {
      entities: Array<{ entity: ProvidedEntity }>;
    };
    return entities.map(({ entity }) => entity);
  }

  async #connect(repository: Repository): Promise<void> {
    await new PlatformEntityProvider({
      repository: {
        branch: repository.branch,
        contains: options => repository.contains(options),
        head: async () => this.#head,
        directories: (...options) => repository.directories(...options),
        entries: (...options) => repository.entries(...options),
        fileHistory: options => repository.fileHistory(options),
        readLimited: options => repository.readLimited(options),
      },
      forge: { fileUrl: ({ path }) => `https://forge.example.com/${path}` },
      environments: [],
      locationTargets: [],
      rootDirectory: 'infra',
      events: { publish: async () => {}, subscribe: async () => {} },
      schedule: {
        run: async ({ fn }) => {
          this.#poll = async () => fn(new AbortController().signal);
          await this.#poll();
        },
      },
      logger: this.logger,
    }).connect({
      applyMutation: this.#applyMutation,
      refresh: async () => {},
    });
  }
}

/** Problems of an entity's file, which the entity carries. */
export function problemsOf({ metadata }: ProvidedEntity) {
  return JSON.parse(
    metadata.annotations['ml-platform.io/catalog-file-problems'] ?? '[]',
  ) as Array<{ message: string }>;
}

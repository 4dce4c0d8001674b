import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type {
  ClusterStore,
  Forge,
  MlPlatformConfig,
  PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import type { Knex } from 'knex';
import type { Feature } from '../Feature';
import type { LiveTopics } from '../live/LiveTopics';
import type { TeamStates } from '../workloads/TeamStates';
import { ChangeRequestHistory } from './ChangeRequestHistory';
import { ChangeRequestReader } from './ChangeRequestReader';
import { ChangeRequestRecords } from './ChangeRequestRecords';
import { ChangeRequestTracker } from './ChangeRequestTracker';
import { createChangeRequestsRoutes } from './changeRequestsRoutes';
import { PullRequestReader } from './PullRequestReader';
import { RolloutProgress } from './RolloutProgress';
import { REQUEST_TOPIC, requestEventSchema } from './webhook/topics';
import { createWebhookRoute } from './webhook/webhookRoute';

/** The change requests feature: follows the pull requests of the platform repository until they are healthy. */
export function createChangeRequests(options: {
  config: MlPlatformConfig;
  database: Knex;
  events: EventsService;
  forge: Forge;
  logger: LoggerService;
  repository: PlatformRepository;
  states: TeamStates;
  store: ClusterStore;
  topics: LiveTopics;
}): Feature {
  const { config, events, forge, logger, repository, states, store } = options;
  const records = new ChangeRequestRecords({
    onChange: ({ teams }) =>
      teams.forEach(team => options.topics.announce(`requests:${team}`)),
  });
  const history = new ChangeRequestHistory({
    database: options.database,
    records,
    repositoryUrl: config.repository.url,
    logger,
  });
  const tracker = ChangeRequestTracker.create({
    forge,
    store,
    reader: PullRequestReader.create({ forge, repository, config }),
    follower: RolloutProgress.create({ store, repository, states }),
    records,
    pollSeconds: config.changeRequests.pollSeconds,
    logger,
  });
  return {
    routes: [
      ...createChangeRequestsRoutes({
        changeRequests: ChangeRequestReader.create({
          records,
          tracker,
          history,
          store,
        }),
      }),
      createWebhookRoute({
        events,
        secret: config.changeRequests.webhookSecret,
        branch: config.repository.branch,
      }),
    ],
    start: async () => {
      await events.subscribe({
        // A unique name per replica: subscribers with the same name would share the events.
        id: `requests-${randomUUID()}`,
        topics: [REQUEST_TOPIC],
        onEvent: async ({ eventPayload }) => {
          const event = requestEventSchema.safeParse(eventPayload);
          tracker.wake(event.data ?? {});
        },
      });
      await history.start();
      tracker.start();
    },
    stop: async () => {
      await tracker.stop();
      await history.stop();
    },
  };
}

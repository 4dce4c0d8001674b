import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
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
import { createChangeRequestsRoutes } from './changeRequestsRoutes';
import { ForgePoller } from './ForgePoller';
import { RequestNotices } from './notices/RequestNotices';
import { PullRequestReader } from './PullRequestReader';
import { RolloutProgress } from './RolloutProgress';
import { RolloutTracker } from './RolloutTracker';
import { REQUEST_TOPIC, requestEventSchema } from './webhook/topics';
import { createWebhookRoute } from './webhook/webhookRoute';

/** The change requests feature: follows the pull requests of the platform repository until they are healthy. */
export function createChangeRequests(options: {
  config: MlPlatformConfig;
  database: Knex;
  events: EventsService;
  forge: Forge;
  logger: LoggerService;
  notifications: NotificationService;
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
  const rollouts = new RolloutTracker({
    store,
    progress: new RolloutProgress({ store, repository, states }),
    records,
    logger,
  });
  const poller = new ForgePoller({
    forge,
    reader: new PullRequestReader({ forge, repository, config }),
    records,
    pollSeconds: config.changeRequests.pollSeconds,
    logger,
    onMerged: applications => rollouts.markChanged(applications),
    onPolled: () => rollouts.markAllChanged(),
  });
  const notices = new RequestNotices({
    database: options.database,
    logger,
    notifications: options.notifications,
    records,
    repositoryUrl: config.repository.url,
  });
  return {
    routes: [
      ...createChangeRequestsRoutes({
        changeRequests: new ChangeRequestReader({
          records,
          poller,
          history,
          store,
        }),
      }),
      createWebhookRoute({
        events,
        webhook: forge.webhook,
        secret: config.changeRequests.webhookSecret,
        branch: config.repository.branch,
      }),
    ],
    start: async () => {
      await events.subscribe({
        // Unique, so that every replica receives every event: subscribers with the same id share them.
        id: `requests-${randomUUID()}`,
        topics: [REQUEST_TOPIC],
        onEvent: async ({ eventPayload }) => {
          const event = requestEventSchema.safeParse(eventPayload);
          poller.notify(event.data ?? {});
        },
      });
      await history.start();
      rollouts.start();
      poller.start();
      notices.start();
    },
    stop: async () => {
      await Promise.all([poller.stop(), rollouts.stop(), notices.stop()]);
      await history.stop();
    },
  };
}

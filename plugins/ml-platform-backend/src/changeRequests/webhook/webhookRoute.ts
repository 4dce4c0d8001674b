import type { EventsService } from '@backstage/plugin-events-node';
import { webhookResponseSchema } from '@internal/plugin-ml-platform-common';
import type { ForgeWebhook } from '@internal/plugin-ml-platform-node';
import { defineRoute } from '../../http/defineRoute';
import type { Route } from '../../http/Route';
import { signedWebhook } from '../../http/RoutePermission';
import { PUSH_TOPIC, REQUEST_TOPIC, type RequestEvent } from './topics';

/** Largest event of the forge. Events list the files of commits by name only. */
const MAX_SIZE = '1mb';

/**
 * The webhook of the forge. Its content is neither trusted nor stored: it only names what to ask the forge about, so a
 * replayed event does no harm.
 */
export function createWebhookRoute(options: {
  events: EventsService;
  webhook: ForgeWebhook;
  secret: string | undefined;
  /** The branch that is deployed. */
  branch: string;
}): Route {
  const { events, webhook, secret, branch } = options;
  return defineRoute({
    method: 'post',
    path: '/webhooks/forge',
    summary: 'Webhook of the forge',
    permission: signedWebhook({
      header: webhook.header,
      isSigned: (body, signature) => webhook.isSigned(body, signature, secret),
      limit: MAX_SIZE,
      unauthenticatedBecause: 'the forge signs its events',
    }),
    response: webhookResponseSchema,
    handler: async ({ payload }) => {
      const { number, commit, ref } = webhook.read(payload.toString('utf8'));
      if (ref === `refs/heads/${branch}`) {
        await events.publish({ topic: PUSH_TOPIC, eventPayload: {} });
      }
      const eventPayload: RequestEvent = { number, commit };
      await events.publish({ topic: REQUEST_TOPIC, eventPayload });
      return { status: 'accepted' as const };
    },
  });
}

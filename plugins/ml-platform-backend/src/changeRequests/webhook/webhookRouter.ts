import { NotAllowedError } from '@backstage/errors';
import type { EventsService } from '@backstage/plugin-events-node';
import type { WebhookResponse } from '@internal/plugin-ml-platform-common';
import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { isSigned } from './isSigned';
import { PUSH_TOPIC, REQUEST_TOPIC, type RequestEvent } from './topics';

/** Where the forge's webhook goes; the signature is what protects it. */
export const WEBHOOK_PATH = '/webhooks/forge';

/** What one event of the forge weighs at most; files of commits are listed by name only. */
const MAX_SIZE = '1mb';

const bodySchema = z
  .object({
    number: z.number().int().positive().optional(),
    sha: z.string().optional(),
    ref: z.string().optional(),
  })
  .catch({});

/**
 * `POST /webhooks/forge`: the forge says that something happened. Nothing that it sends is believed or kept: it tells only
 * what to ask the forge about. So a replay does no harm.
 */
export function createWebhookRouter(options: {
  events: EventsService;
  secret: string | undefined;
  /** The branch that is deployed. */
  branch: string;
}): Router {
  const { events, secret, branch } = options;
  const router = PromiseRouter();

  router.post(
    WEBHOOK_PATH,
    express.raw({ type: () => true, limit: MAX_SIZE }),
    async (request, response) => {
      const body = Buffer.isBuffer(request.body)
        ? request.body
        : Buffer.alloc(0);
      if (!isSigned(body, request.header('x-gitea-signature'), secret)) {
        throw new NotAllowedError('Refused.');
      }
      const { number, sha, ref } = bodySchema.parse(parseJson(body));
      if (ref === `refs/heads/${branch}`) {
        await events.publish({ topic: PUSH_TOPIC, eventPayload: {} });
      }
      const eventPayload: RequestEvent = { number, commit: sha };
      await events.publish({ topic: REQUEST_TOPIC, eventPayload });
      const answer: WebhookResponse = { status: 'accepted' };
      response.json(answer);
    },
  );

  return router;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

import { finished } from 'node:stream';
import {
  liveQuerySchema,
  liveTopicPermissions,
  parseLiveTopic,
  type LiveTopic,
} from '@internal/plugin-ml-platform-common';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseRequest } from '../http/parseRequest';
import { notFound, type TeamAccess } from '../http/TeamAccess';
import { watchAccess } from '../http/watchAccess';
import { LiveStream } from './LiveStream';
import type { LiveTopics } from './LiveTopics';

/** A person has so many pages open; the oldest stream ends when there is one more. */
const MAX_STREAMS_PER_PERSON = 20;

/** `GET /live`: tells a page when to read again, so that it does not have to ask. */
export function createLiveRouter(options: {
  access: TeamAccess;
  live: LiveTopics;
  /** How often the reader of an open stream is authorised again. */
  recheckMs?: number;
}): { router: Router; close: () => void } {
  const { access, live, recheckMs } = options;
  const router = PromiseRouter();
  const streams = new Map<string, Set<LiveStream>>();

  router.get('/live', async (request, response) => {
    const query = parseRequest(liveQuerySchema, request.query);
    const topics = [...new Set(query.topics.split(','))];
    const { person, expiresAt } = await access.caller(request);
    if (!(await mayRead(request, topics))) {
      throw notFound();
    }
    const stream = LiveStream.open(response);
    const unsubscribe = live.subscribe(topics, topic => stream.announce(topic));
    const stopWatching = watchAccess({
      isAllowed: () => mayRead(request, topics),
      expiresAt,
      onRevoked: () => stream.end(),
      recheckMs,
    });
    remember(person, stream);
    finished(response, () => {
      unsubscribe();
      stopWatching();
      forget(person, stream);
    });
  });

  /** All of the topics: a page that shows one thing too many is told nothing. */
  async function mayRead(
    request: Request,
    topics: LiveTopic[],
  ): Promise<boolean> {
    const allowed = await Promise.all(
      topics.map(async topic => {
        const { kind, team } = parseLiveTopic(topic);
        const scope = await access.scope(request, liveTopicPermissions[kind]);
        return scope.includes(team);
      }),
    );
    return allowed.every(Boolean);
  }

  function remember(person: string, stream: LiveStream) {
    const own = streams.get(person) ?? new Set<LiveStream>();
    streams.set(person, own.add(stream));
    const [oldest] = own;
    if (own.size > MAX_STREAMS_PER_PERSON) {
      oldest.end();
    }
  }

  function forget(person: string, stream: LiveStream) {
    const own = streams.get(person);
    own?.delete(stream);
    if (own?.size === 0) {
      streams.delete(person);
    }
  }

  return {
    router,
    close: () =>
      [...streams.values()].forEach(own => own.forEach(stream => stream.end())),
  };
}

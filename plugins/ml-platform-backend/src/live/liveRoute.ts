import { liveQuerySchema } from '@internal/plugin-ml-platform-common';
import { defineStream } from '../http/defineStream';
import type { Route } from '../http/Route';
import { liveTopicsPermission, topicsOf } from './liveTopicsPermission';
import { LiveStream } from './LiveStream';
import type { LiveTopics } from './LiveTopics';

/** Open pages of one person. One more ends the oldest stream. */
const MAX_STREAMS_PER_PERSON = 20;

/** `GET /live`: tells a page when to read again, so that it does not have to poll. */
export function createLiveRoute({ topics }: { topics: LiveTopics }): {
  route: Route;
  /** Ends all streams: an open one would keep the server from stopping. */
  closeAll: () => void;
} {
  const streams = new Map<string, Set<LiveStream>>();

  function add(person: string, stream: LiveStream) {
    const own = streams.get(person) ?? new Set<LiveStream>();
    streams.set(person, own.add(stream));
    const [oldest] = own;
    if (own.size > MAX_STREAMS_PER_PERSON) {
      oldest.end();
    }
  }

  function remove(person: string, stream: LiveStream) {
    const own = streams.get(person);
    own?.delete(stream);
    if (own?.size === 0) {
      streams.delete(person);
    }
  }

  const route = defineStream({
    path: '/live',
    summary: 'Events that name the topics to read again; they carry no data',
    permission: liveTopicsPermission,
    query: liveQuerySchema,
    mediaType: 'text/event-stream',
    open: ({ query, credentials, response, signal }) => {
      const person = credentials.principal.userEntityRef;
      const stream = new LiveStream(response);
      const unsubscribe = topics.subscribe(topicsOf(query), topic =>
        stream.announce(topic),
      );
      add(person, stream);
      signal.addEventListener('abort', () => {
        unsubscribe();
        remove(person, stream);
        stream.end();
      });
    },
  });
  return {
    route,
    closeAll: () =>
      [...streams.values()].forEach(own => own.forEach(stream => stream.end())),
  };
}

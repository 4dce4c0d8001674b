import type { ClusterStore } from '@internal/plugin-ml-platform-node';
import type { Feature } from '../Feature';
import { announceChanges } from './announceChanges';
import { createLiveRoute } from './liveRoute';
import { LiveTopics } from './LiveTopics';

/** The live feature: tells open pages which of their topics changed. Other features announce through `topics`. */
export function createLive(options: {
  store: ClusterStore;
}): Feature & { topics: LiveTopics } {
  const topics = new LiveTopics();
  announceChanges(options.store, topics);
  const { route, closeAll } = createLiveRoute({ topics });
  return { topics, routes: [route], stop: closeAll };
}

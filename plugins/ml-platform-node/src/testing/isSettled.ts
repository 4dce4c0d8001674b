import type { TypeStatus } from '../clusterStore';
import { objectTypes } from '../clusterStore/objectTypes';
import type { FakeWatches } from './FakeWatches';

/** State of a fake API server. */
export interface FakeServerState {
  behaviour: 'normal' | 'silent' | number;
  /** Status of lists and watches of a type, by its plural. */
  failures: Record<string, number>;
  missingGroups: readonly string[];
  version: string;
  watches: FakeWatches;
}

/** Checks that a reflector is in sync with a fake API server, or has noticed its failure. */
export function isSettled(status: TypeStatus, server: FakeServerState) {
  const type = objectTypes[status.type];
  if (server.behaviour === 'silent') {
    return status.problem?.kind === 'timeout';
  }
  if (
    server.behaviour !== 'normal' ||
    server.failures[type.plural] !== undefined
  ) {
    // A broken watch is reported before the status of the next response.
    return (
      status.problem !== undefined && status.problem.kind !== 'unreachable'
    );
  }
  return server.missingGroups.includes(type.group)
    ? status.state === 'absent'
    : status.problem === undefined &&
        status.resourceVersion === server.version &&
        server.watches.has(type);
}

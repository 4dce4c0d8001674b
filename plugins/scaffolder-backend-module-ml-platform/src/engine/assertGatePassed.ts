import { ConflictError } from '@backstage/errors';
import {
  GATE_LABEL,
  type Environment,
} from '@internal/plugin-ml-platform-common';
import {
  jobCondition,
  newestFirst,
  parseStoredObjects,
  type ClusterStore,
} from '@internal/plugin-ml-platform-node';

/** An environment that is to be promoted. */
interface Source {
  team: string;
  workload: string;
  environment: Environment;
  files: Map<string, Buffer>;
  /** Time of the last change of the environment; ISO 8601. */
  changedAt: string;
}

/**
 * Lets a promotion pass when the newest test Job of the environment has completed, and started after the environment changed
 * last. An environment whose files have no Job with the label has no gate. It reads what the portal has read of the cluster
 * already: see docs/decisions/0070-test-gates.md.
 *
 * @throws ConflictError saying what to wait for.
 */
export async function assertGatePassed(
  store: Pick<ClusterStore, 'list'>,
  { team, workload, environment, files, changedAt }: Source,
): Promise<void> {
  if (![...files.values()].some(content => content.includes(GATE_LABEL))) {
    return;
  }
  const { name, cluster } = environment;
  const { items, problem } = await store.list(cluster, 'jobs', {
    team,
    environment: name,
    workload,
    labels: { [GATE_LABEL]: 'promotion' },
  });
  if (problem) {
    throw new ConflictError(
      `${workload} has a test in ${name}, and the portal cannot read its result now. Nothing was changed; try again in a minute.`,
    );
  }
  const [job] = parseStoredObjects('jobs', items)
    .filter(
      ({ metadata }) =>
        Date.parse(metadata.creationTimestamp ?? '') >= Date.parse(changedAt),
    )
    .toSorted(newestFirst);
  if (!job) {
    throw new ConflictError(
      `The test of ${workload} in ${name} has not run since ${name} changed last. Nothing was changed; wait for it, then promote again.`,
    );
  }
  if (jobCondition(job, 'Complete')) {
    return;
  }
  throw new ConflictError(
    jobCondition(job, 'Failed')
      ? `The test ${job.metadata.name} of ${workload} failed in ${name}. Nothing was changed; see its log, and promote when it has passed.`
      : `The test ${job.metadata.name} of ${workload} in ${name} has not finished. Nothing was changed; wait for it, then promote again.`,
  );
}

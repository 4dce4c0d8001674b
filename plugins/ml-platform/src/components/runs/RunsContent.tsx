import { useApi } from '@backstage/core-plugin-api';
import { Flex, Link, Text } from '@backstage/ui';
import { runStateSchema, type Runs } from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../../api/mlPlatformApi';
import { useEntityTab } from '../../hooks/useEntityTab';
import { useLive, type Live } from '../../hooks/useLive';
import { useSettled } from '../../hooks/useSettled';
import { useUrlState } from '../../hooks/useUrlState';
import { useWorkloadTarget } from '../../hooks/useWorkloadTarget';
import { LiveContent } from '../shared/LiveContent';
import { PageLinks } from '../shared/PageLinks';
import { CompareRuns } from './CompareRuns';
import { runsUrlSchema } from './runsUrl';
import { RunsFilter } from './RunsFilter';
import { RunsTable } from './RunsTable';
import { RunsTimeline } from './RunsTimeline';
import { isUnfinished } from './runTexts';

const PAGE_SIZE = 25;
const MAX_COMPARED = 4;

/** Tab with the training runs of a workload, live: as a table or on a scale of time, and side by side. */
export function RunsContent() {
  const [{ page }] = useUrlState(runsUrlSchema);
  const pageNumber = Math.max(1, Number.parseInt(page, 10) || 1);
  const live = useRuns((pageNumber - 1) * PAGE_SIZE);
  return (
    <Flex direction="column" gap="4">
      <RunsFilter counts={live.value?.counts} />
      <LiveContent subject="Runs" live={live}>
        {runs => (
          <>
            <RunsPage runs={runs} />
            <PageLinks
              page={pageNumber}
              pageSize={PAGE_SIZE}
              total={runs.total}
            />
          </>
        )}
      </LiveContent>
    </Flex>
  );
}

function useRuns(offset: number): Live<Runs> {
  const client = useApi(mlPlatformApiRef);
  const { team, workload } = useWorkloadTarget();
  const [filter] = useUrlState(runsUrlSchema);
  const { environment } = filter;
  const state = runStateSchema.safeParse(filter.state).data;
  const search = useSettled(filter.search);
  return useLive(
    useCallback(
      () =>
        client.workloadTabs.getRuns(team, {
          workload,
          state,
          environment: environment || undefined,
          search,
          offset,
          limit: PAGE_SIZE,
        }),
      [client, team, workload, state, environment, search, offset],
    ),
    `runs:${team}`,
  );
}

function RunsPage({ runs }: { runs: Runs }) {
  const tabHref = useEntityTab();
  const [{ view, compare }, change] = useUrlState(runsUrlSchema);
  // Unfinished ones on top, each part in the order of the server.
  const items = runs.items.toSorted(
    (a, b) => Number(isUnfinished(b)) - Number(isUnfinished(a)),
  );
  const rows = items.map(run => ({
    ...run,
    logHref:
      run.pod &&
      tabHref('workloads', { environment: run.environment, pod: run.pod }),
  }));
  const selected = compare.split(',').filter(Boolean);
  const comparedRuns = rows
    .filter(({ id }) => selected.includes(id))
    .slice(0, MAX_COMPARED);
  if (rows.length === 0) {
    return <NoRuns isFiltered={isFiltered(runs)} />;
  }
  return (
    <Flex direction="column" gap="4">
      {view === 'timeline' ? (
        <RunsTimeline
          runs={rows}
          now={runs.freshness.asOf ?? new Date().toISOString()}
        />
      ) : (
        <RunsTable
          rows={rows}
          prices={runs.prices}
          selected={selected}
          onSelect={ids =>
            change({ compare: ids.join(',') }, { replace: true })
          }
        />
      )}
      {runs.prices?.sample && (
        <Text as="p" variant="body-small" color="secondary">
          Costs are computed from made-up prices of a demonstration.
        </Text>
      )}
      {comparedRuns.length > 1 && (
        <CompareRuns runs={comparedRuns} prices={runs.prices} />
      )}
    </Flex>
  );
}

function isFiltered({ counts }: Runs): boolean {
  return Object.values(counts).some(count => count > 0);
}

function NoRuns({ isFiltered: filtered }: { isFiltered: boolean }) {
  return filtered ? (
    <Text color="secondary">No run matches. Clear the filters to see all.</Text>
  ) : (
    <Flex direction="column" gap="2">
      <Text color="secondary">
        No runs. A run is a Job of this component with the label
        ml-platform.io/run, or one that a CronJob created; it stays listed after
        its Job is gone. If you filter, clear the filters to see all.
      </Text>
      <Flex>
        <Link href="/create">Start one with a golden path</Link>
      </Flex>
    </Flex>
  );
}

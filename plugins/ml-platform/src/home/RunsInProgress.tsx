import { Text } from '@backstage/ui';
import { LiveContent } from '../components/shared/LiveContent';
import { ActiveRunList } from '../pages/runs/ActiveRunList';
import { useActiveRuns } from './useHome';

const MAX_RUNS = 6;

/** Home widget: training runs that wait or run, with their wait or time. */
export function RunsInProgress() {
  return (
    <LiveContent subject="training runs" live={useActiveRuns()}>
      {({ items, total }) =>
        items.length === 0 ? (
          <Text color="secondary">No training run waits or runs now.</Text>
        ) : (
          <>
            <ActiveRunList runs={items.slice(0, MAX_RUNS)} />
            {total > MAX_RUNS && (
              <Text variant="body-small" color="secondary">
                The first {MAX_RUNS} of {total}.
              </Text>
            )}
          </>
        )
      }
    </LiveContent>
  );
}

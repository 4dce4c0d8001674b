import type { Freshness } from '@internal/plugin-ml-platform-common';
import type { Live } from '../../hooks/useLive';
import { ErrorNotice } from './ErrorNotice';
import { FreshnessNotice } from './FreshnessNotice';

/** Notice about one of several sources of a page, only when it is down or outdated; the rest of the page stays. */
export function PartNotice<T extends { freshness: Freshness }>(props: {
  /** Name of the part, for example "cost". */
  subject: string;
  live: Live<T>;
}) {
  const { value, error, loading, refresh } = props.live;
  if (!value) {
    return error && !loading ? (
      <ErrorNotice
        title={`Could not load ${props.subject}`}
        error={error}
        onRetry={refresh}
      />
    ) : null;
  }
  const { freshness } = value;
  return error || freshness.stale || freshness.problems.length > 0 ? (
    <FreshnessNotice freshness={freshness} error={error} />
  ) : null;
}

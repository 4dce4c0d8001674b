import { Alert, Link } from '@backstage/ui';
import type { FindingsSummary } from '@internal/plugin-ml-platform-common';
import { useLocation } from 'react-router-dom';

/** Images in use by the state of their report. */
interface ReportCounts {
  images: number;
  /** Without a report, for whatever reason. */
  withoutReport: number;
  stale: number;
  /** Operating systems that get no fixes any more. */
  endOfLife: number;
}

/** Counts for one team, or for all that the person may see. */
export function reportCounts(
  { items, reports, endOfLife }: FindingsSummary,
  team: string,
): ReportCounts {
  if (team) {
    return (
      items.find(item => item.team === team) ?? {
        images: 0,
        withoutReport: 0,
        stale: 0,
        endOfLife: 0,
      }
    );
  }
  const { present, stale, none, failed } = reports;
  return {
    images: present + stale + none + failed,
    withoutReport: none + failed,
    stale,
    endOfLife,
  };
}

/** True only when every image has a recent report and an operating system that gets fixes. */
export function isAllClear(counts: ReportCounts): boolean {
  const { withoutReport, stale, endOfLife } = counts;
  return withoutReport === 0 && stale === 0 && endOfLife === 0;
}

/** Says which images the list cannot speak for. */
export function Coverage({ counts }: { counts: ReportCounts }) {
  const { search } = useLocation();
  const { images, withoutReport, stale, endOfLife } = counts;
  if (isAllClear(counts)) {
    return null;
  }
  const parts = [
    withoutReport > 0 &&
      `${withoutReport} of ${images} images in use have no report`,
    stale > 0 && `${stale} ${stale === 1 ? 'has' : 'have'} an outdated report`,
    endOfLife > 0 &&
      `${endOfLife} ${
        endOfLife === 1 ? 'runs' : 'run'
      } an operating system out of support`,
  ].filter(Boolean);
  return (
    <Alert
      role="status"
      status="warning"
      icon
      title={`${parts.join(', ')}.`}
      description="They can have vulnerabilities that are not listed here."
      customActions={
        <Link
          href={`/ml-platform/security/images${scopeOf(search)}${
            withoutReport > 0 ? 'report=none' : 'report=stale'
          }`}
        >
          Show these images
        </Link>
      }
    />
  );
}

/** Team and environment of the current URL, as the start of a query string. */
function scopeOf(search: string): string {
  const current = new URLSearchParams(search);
  const scope = new URLSearchParams(
    [...current].filter(([key]) => key === 'team' || key === 'environment'),
  );
  return scope.size > 0 ? `?${scope}&` : '?';
}

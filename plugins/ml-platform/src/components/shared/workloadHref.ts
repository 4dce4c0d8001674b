/**
 * Link to the catalog page of a workload. Its entity can be a Component (services, jobs) or a Resource (datasets, models), which
 * only the catalog knows: the page behind the link looks it up and goes there.
 *
 * @param tab - path of one of its tabs.
 */
export function workloadHref(
  { team, workload }: { team: string; workload: string },
  tab?: string,
): string {
  const names = [team, workload].map(encodeURIComponent).join('/');
  return `/ml-platform/workloads/${names}${tab ? `?tab=${tab}` : ''}`;
}

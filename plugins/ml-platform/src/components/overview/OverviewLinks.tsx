import { ANNOTATION_SOURCE_LOCATION } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { GRAFANA_DASHBOARD_SELECTOR_ANNOTATION } from '@internal/plugin-ml-platform-common';
import { useEntityTab } from '../../hooks/useEntityTab';
import styles from './overview.module.css';

/** Links to what else there is about the workload. */
export function OverviewLinks() {
  const { entity } = useEntity();
  const tabHref = useEntityTab();
  const { annotations = {} } = entity.metadata;
  const directory = annotations[ANNOTATION_SOURCE_LOCATION]?.replace(
    /^url:/,
    '',
  );
  return (
    <nav aria-label="More" className={styles.line}>
      <Link href={tabHref('workloads')}>Pods and logs</Link>
      {annotations[GRAFANA_DASHBOARD_SELECTOR_ANNOTATION] && (
        <Link href={tabHref('dashboards')}>Dashboards</Link>
      )}
      {directory && /^https?:/.test(directory) && (
        <Link href={directory} target="_blank" rel="noopener noreferrer">
          Directory in the repository
        </Link>
      )}
    </nav>
  );
}

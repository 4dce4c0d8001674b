import {
  severitySchema,
  type Findings,
} from '@internal/plugin-ml-platform-common';
import { severityName } from './severities';
import styles from './SeverityCounts.module.css';

/** Number of findings by severity, most severe first. */
export function SeverityCounts({ counts }: { counts: Findings['counts'] }) {
  return (
    <dl className={styles.counts}>
      {severitySchema.options.map(severity => (
        <div key={severity} className={styles.count} data-severity={severity}>
          <dt>{severityName(severity)}</dt>
          <dd>{counts[severity]}</dd>
        </div>
      ))}
    </dl>
  );
}

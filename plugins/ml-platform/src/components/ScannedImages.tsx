import { Flex, Text } from '@backstage/ui';
import {
  hasReport,
  type ContainerRole,
  type ScannedImage,
} from '@internal/plugin-ml-platform-common';
import { Pill } from './shared/Pill';
import { timeAgo } from './shared/time';
import styles from './ScannedImages.module.css';

/** Images of a workload with the state of their Trivy reports. A missing report does not mean that an image is clean. */
export function ScannedImages({ images }: { images: ScannedImage[] }) {
  return (
    <ul className={styles.images} aria-label="Images">
      {images.map(image => (
        <li key={image.image}>
          <div className={styles.name}>{image.image}</div>
          <Flex align="center" gap="2" style={{ flexWrap: 'wrap' }}>
            <Text variant="body-small" color="secondary">
              {usedBy(image)}
            </Text>
            <ReportPill {...image} />
            {image.os?.endOfLife && <Pill tone="bad">Out of support</Pill>}
            {image.sample && (
              <Pill tone="neutral">Sample data, not a scan</Pill>
            )}
          </Flex>
          {image.notes.map(note => (
            <Text key={note} as="div" variant="body-small" color="secondary">
              {note}
            </Text>
          ))}
        </li>
      ))}
    </ul>
  );
}

const ROLE_NAMES: Record<ContainerRole, string> = {
  container: 'container',
  ephemeral: 'ephemeral container',
  init: 'init container',
  sidecar: 'sidecar',
};

/** Environments, and the roles of containers unless it is a usual one. */
function usedBy({ environments, roles }: ScannedImage): string {
  const isUsual = roles.every(role => role === 'container');
  return [
    ...environments,
    ...(isUsual ? [] : roles.map(role => ROLE_NAMES[role])),
  ].join(', ');
}

function ReportPill({ report, scannedAt, notes }: ScannedImage) {
  if (report === 'failed') {
    return (
      <Pill tone="warning">
        The scan failed: no report does not mean no vulnerabilities
      </Pill>
    );
  }
  if (!hasReport(report)) {
    return (
      <Pill tone="warning">
        {notes.length > 0 ? 'Not scanned' : 'Not scanned yet'}: no report does
        not mean no vulnerabilities
      </Pill>
    );
  }
  const text = scannedAt ? `Scanned ${timeAgo(scannedAt)}` : 'Scanned';
  return report === 'stale' ? (
    <Pill tone="warning">{text}: the report is outdated</Pill>
  ) : (
    <Text variant="body-small" color="secondary">
      {text}
    </Text>
  );
}

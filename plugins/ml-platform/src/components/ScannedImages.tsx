import { Flex, Text } from '@backstage/ui';
import {
  hasReport,
  type ScannedImage,
} from '@internal/plugin-ml-platform-common';
import { Pill } from './shared/Pill';
import { timeAgo } from './shared/time';
import styles from './ScannedImages.module.css';

/** Running images with the state of their Trivy reports. A missing report does not mean that an image is clean. */
export function ScannedImages({ images }: { images: ScannedImage[] }) {
  return (
    <ul className={styles.images} aria-label="Images">
      {images.map(({ image, environments, report, scannedAt, sample }) => (
        <li key={image}>
          <div className={styles.name}>{image}</div>
          <Flex align="center" gap="2" style={{ flexWrap: 'wrap' }}>
            <Text variant="body-small" color="secondary">
              {environments.join(', ')}
            </Text>
            {hasReport(report) ? (
              <Text variant="body-small" color="secondary">
                {scannedAt ? `Scanned ${timeAgo(scannedAt)}` : 'Scanned'}
              </Text>
            ) : (
              <Pill tone="warning">
                Not scanned yet: no report does not mean no vulnerabilities
              </Pill>
            )}
            {sample && <Pill tone="neutral">Sample data, not a scan</Pill>}
          </Flex>
        </li>
      ))}
    </ul>
  );
}

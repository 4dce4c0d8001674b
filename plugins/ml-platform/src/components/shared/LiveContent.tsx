import { Flex, Skeleton, VisuallyHidden } from '@backstage/ui';
import type { Freshness } from '@internal/plugin-ml-platform-common';
import type { ReactNode } from 'react';
import type { Live } from '../../hooks/useLive';
import { ErrorNotice } from './ErrorNotice';
import { FreshnessNotice } from './FreshnessNotice';

/** A live value, with loading, error and stale states. The last value stays when a later read fails. */
export function LiveContent<T extends { freshness: Freshness }>(props: {
  /** Name of the value, for example "requests". */
  subject: string;
  live: Live<T>;
  children: (value: T) => ReactNode;
}) {
  const { value, loading, error, refresh } = props.live;
  const subject = props.subject.toLowerCase();
  if (value) {
    const { stale, problems } = value.freshness;
    const notice = (
      <FreshnessNotice freshness={value.freshness} error={error} />
    );
    const isOutdated = stale || problems.length > 0 || error !== undefined;
    return (
      <Flex direction="column" gap="3">
        {isOutdated && notice}
        {props.children(value)}
        {!isOutdated && notice}
      </Flex>
    );
  }
  if (error && !loading) {
    return (
      <ErrorNotice
        title={`Could not load ${subject}`}
        error={error}
        onRetry={refresh}
      />
    );
  }
  return (
    <Flex direction="column" gap="2" role="status">
      <VisuallyHidden>Loading {subject}</VisuallyHidden>
      <Skeleton height={24} />
      <Skeleton height={24} />
      <Skeleton height={24} />
    </Flex>
  );
}

import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import { Flex, Skeleton, VisuallyHidden } from '@backstage/ui';
import type { Freshness } from '@internal/plugin-ml-platform-common';
import type { ReactNode } from 'react';
import type { Live } from '../../hooks/useLive';
import { ErrorNotice } from './ErrorNotice';
import { FreshnessNotice } from './FreshnessNotice';

/** Entity card for a live value, with loading, error and stale states. */
export function LiveCard<T extends { freshness: Freshness }>(props: {
  title: string;
  live: Live<T>;
  headerActions?: ReactNode;
  children: (value: T) => ReactNode;
}) {
  const { title, live } = props;
  return (
    <EntityInfoCard title={title} headerActions={props.headerActions}>
      <LiveContent subject={title} live={live}>
        {props.children}
      </LiveContent>
    </EntityInfoCard>
  );
}

function LiveContent<T extends { freshness: Freshness }>(props: {
  subject: string;
  live: Live<T>;
  children: (value: T) => ReactNode;
}) {
  const { value, loading, error, refresh } = props.live;
  if (value) {
    return (
      <Flex direction="column" gap="3">
        {props.children(value)}
        <FreshnessNotice freshness={value.freshness} error={error} />
      </Flex>
    );
  }
  if (error && !loading) {
    return (
      <ErrorNotice
        title={`Could not load ${props.subject.toLowerCase()}`}
        error={error}
        onRetry={refresh}
      />
    );
  }
  return (
    <Flex direction="column" gap="2" role="status">
      <VisuallyHidden>Loading {props.subject}</VisuallyHidden>
      <Skeleton height={24} />
      <Skeleton height={24} />
      <Skeleton height={24} />
    </Flex>
  );
}

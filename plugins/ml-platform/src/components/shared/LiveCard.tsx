import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import type { Freshness } from '@internal/plugin-ml-platform-common';
import type { ReactNode } from 'react';
import type { Live } from '../../hooks/useLive';
import { LiveContent } from './LiveContent';

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

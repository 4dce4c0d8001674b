import { useEntity } from '@backstage/plugin-catalog-react';
import {
  TEAM_ANNOTATION,
  WORKLOAD_ANNOTATION,
} from '@internal/plugin-ml-platform-common';
import { useMemo } from 'react';
import type { WorkloadTarget } from '../api/MlPlatformClient';

/** The workload that the entity of this page is. Its annotations come from our entity provider. */
export function useWorkloadTarget(): WorkloadTarget {
  const annotations = useEntity().entity.metadata.annotations;
  const team = annotations?.[TEAM_ANNOTATION] ?? '';
  const workload = annotations?.[WORKLOAD_ANNOTATION] ?? '';
  return useMemo(() => ({ team, workload }), [team, workload]);
}

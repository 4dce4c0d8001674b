import { useEntity } from '@backstage/plugin-catalog-react';
import {
  TEAM_ANNOTATION,
  WORKLOAD_ANNOTATION,
} from '@internal/plugin-ml-platform-common';
import { useMemo } from 'react';
import type { WorkloadTarget } from '../api/MlPlatformClient';

/** Team and workload name of the current entity, from the annotations that our entity provider sets. */
export function useWorkloadTarget(): WorkloadTarget {
  const annotations = useEntity().entity.metadata.annotations;
  const team = annotations?.[TEAM_ANNOTATION] ?? '';
  const workload = annotations?.[WORKLOAD_ANNOTATION] ?? '';
  return useMemo(() => ({ team, workload }), [team, workload]);
}

import type { Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntityList } from '@backstage/plugin-catalog-react';
import {
  TEAM_ANNOTATION,
  WORKLOAD_ANNOTATION,
  type WorkloadState,
  type WorkloadStates,
} from '@internal/plugin-ml-platform-common';
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useState,
  type ReactNode,
} from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { PartNotice } from '../components/shared/PartNotice';
import { useLive, type Live } from '../hooks/useLive';

/** States, and the workloads that were asked for: what is not among them loads still. */
type AskedStates = WorkloadStates & { asked: string[] };

interface ContextValue {
  live: Live<AskedStates>;
  show: (workloads: string) => void;
}

const NOTHING: AskedStates = {
  items: [],
  asked: [],
  freshness: { stale: false, problems: [] },
};

const Context = createContext<ContextValue | undefined>(undefined);

/** Reads the states of the workloads on the current page of the catalog's list, all by one request. */
export function WorkloadStatesProvider({ children }: { children: ReactNode }) {
  const client = useApi(mlPlatformApiRef);
  const [workloads, show] = useState('');
  const live = useLive<AskedStates>(
    useCallback(async () => {
      if (workloads === '') {
        return NOTHING;
      }
      const asked = workloads.split(',');
      return { ...(await client.workloadTabs.getStates(asked)), asked };
    }, [client, workloads]),
    ({ items }) => items.map(({ team }) => `team:${team}`),
  );
  return <Context.Provider value={{ live, show }}>{children}</Context.Provider>;
}

/** Tells the provider which entities the list shows, and shows when their states are old or cannot be read. */
export function ShownWorkloads() {
  const { entities } = useEntityList();
  const { live, show } = useStates();
  const workloads = [...new Set(entities.flatMap(refOf))].sort().join(',');
  useEffect(() => show(workloads), [show, workloads]);
  return <PartNotice subject="health and findings" live={live} />;
}

/** State of the workload of an entity in the list. */
type ListedState =
  | { status: 'none' | 'loading' | 'failed' | 'hidden' }
  | { status: 'known'; state: WorkloadState };

/** @returns `none` for an entity that is no workload, `hidden` for a workload of a team that the person may not see. */
export function useWorkloadState(entity: Entity): ListedState {
  const { live } = useStates();
  const [ref] = refOf(entity);
  if (ref === undefined) {
    return { status: 'none' };
  }
  if (!live.value?.asked.includes(ref)) {
    return { status: live.error && !live.loading ? 'failed' : 'loading' };
  }
  const state = live.value.items.find(
    ({ team, workload }) => `${team}/${workload}` === ref,
  );
  return state ? { status: 'known', state } : { status: 'hidden' };
}

function useStates(): ContextValue {
  const value = useContext(Context);
  if (!value) {
    throw new Error('Outside of WorkloadStatesProvider');
  }
  return value;
}

/** `<team>/<workload>`, for components and resources of the platform. */
function refOf({ kind, metadata }: Entity): string[] {
  const { annotations = {} } = metadata;
  const team = annotations[TEAM_ANNOTATION];
  const workload = annotations[WORKLOAD_ANNOTATION];
  return kind !== 'API' && team && workload ? [`${team}/${workload}`] : [];
}

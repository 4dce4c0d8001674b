import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
  useEntity,
} from '@backstage/plugin-catalog-react';

/** Links to the tabs of the current entity, for example `tabHref('workloads', { environment: 'dev' })`. */
export function useEntityTab() {
  const { entity } = useEntity();
  const page = useRouteRef(entityRouteRef)(entityRouteParams(entity));
  return (tab: string, query: Record<string, string | undefined> = {}) => {
    const parameters = new URLSearchParams(
      Object.entries(query).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    );
    return `${page}/${tab}${parameters.size > 0 ? `?${parameters}` : ''}`;
  };
}

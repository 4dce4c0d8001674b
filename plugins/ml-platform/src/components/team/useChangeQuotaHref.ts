import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useCallback } from 'react';
import { useRequest } from '../../hooks/useRequest';

/** @returns the link to the form that changes a team's quota; undefined where the platform has no such form, or it is not known yet. */
export function useChangeQuotaHref(team: string): string | undefined {
  const catalogApi = useApi(catalogApiRef);
  const { value } = useRequest(
    useCallback(
      () => catalogApi.getEntityByRef('template:default/change-quota'),
      [catalogApi],
    ),
  );
  return value
    ? `/create/templates/default/change-quota?formData=${encodeURIComponent(
        JSON.stringify({ team }),
      )}`
    : undefined;
}

import { useApi } from '@backstage/core-plugin-api';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { Alert, Container, Skeleton, VisuallyHidden } from '@backstage/ui';
import {
  TEAM_ANNOTATION,
  WORKLOAD_ANNOTATION,
} from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { Navigate, useParams, useSearchParams } from 'react-router-dom';
import { ErrorNotice } from '../../components/shared/ErrorNotice';
import { useRequest } from '../../hooks/useRequest';

/** Kinds that the entity of a workload can have; its APIs are entities of their own. */
const KINDS = ['Component', 'Resource'];

/** Page without content of its own: goes on to the catalog page of a workload, whatever kind its entity has. */
export function WorkloadPage() {
  const { team = '', workload = '' } = useParams();
  const [parameters] = useSearchParams();
  const catalogApi = useApi(catalogApiRef);
  const entityLink = useRouteRef(entityRouteRef);
  const { value, error, loading, retry } = useRequest(
    useCallback(async () => {
      const { items } = await catalogApi.getEntities({
        filter: KINDS.map(kind => ({
          kind,
          [`metadata.annotations.${TEAM_ANNOTATION}`]: team,
          [`metadata.annotations.${WORKLOAD_ANNOTATION}`]: workload,
        })),
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
      });
      return (
        items.find(({ metadata }) => metadata.name === workload) ?? items[0]
      );
    }, [catalogApi, team, workload]),
  );
  if (value && entityLink) {
    const tab = parameters.get('tab');
    const page = entityLink(entityRouteParams(value));
    return (
      <Navigate
        replace
        to={tab ? `${page}/${encodeURIComponent(tab)}` : page}
      />
    );
  }
  return (
    <main>
      <Container>
        {error && (
          <ErrorNotice
            title="Could not read the catalog"
            error={error}
            onRetry={retry}
          />
        )}
        {loading && (
          <div role="status">
            <VisuallyHidden>Looking up {workload}</VisuallyHidden>
            <Skeleton height={56} />
          </div>
        )}
        {!loading && !error && (
          <Alert
            role="status"
            status="info"
            icon
            title={`${workload} of ${team} is not in the catalog`}
            description="It was removed, or it is new: the catalog reads the platform repository every few seconds. Try again in a minute."
          />
        )}
      </Container>
    </main>
  );
}

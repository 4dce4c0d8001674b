import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { catalogApiRef, EntityRefLink } from '@backstage/plugin-catalog-react';
import { Flex, Skeleton, Text, VisuallyHidden } from '@backstage/ui';
import { CATALOG_FILE_PROBLEMS_ANNOTATION } from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { catalogFileProblems } from '../catalogFileProblems';
import { ErrorNotice } from '../components/shared/ErrorNotice';
import { useRequest } from '../hooks/useRequest';
import styles from './home.module.css';

const MAX_COMPONENTS = 50;

/** Home widget: components of the user's teams whose `catalog-info.yaml` has problems, with the first problem of each. */
export function CatalogProblems() {
  const catalogApi = useApi(catalogApiRef);
  const identityApi = useApi(identityApiRef);
  const { value, error, retry } = useRequest(
    useCallback(async () => {
      const { ownershipEntityRefs } = await identityApi.getBackstageIdentity();
      return catalogApi.queryEntities({
        filter: ['Component', 'Resource'].map(kind => ({
          kind,
          [`metadata.annotations.${CATALOG_FILE_PROBLEMS_ANNOTATION}`]:
            CATALOG_FILTER_EXISTS,
          'relations.ownedBy': ownershipEntityRefs,
        })),
        orderFields: [{ field: 'metadata.name', order: 'asc' }],
        limit: MAX_COMPONENTS,
      });
    }, [catalogApi, identityApi]),
  );
  if (error) {
    return (
      <ErrorNotice
        title="Could not load catalog problems"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return (
      <Flex direction="column" gap="2" role="status">
        <VisuallyHidden>Loading catalog problems</VisuallyHidden>
        <Skeleton height={32} />
      </Flex>
    );
  }
  const { items, totalItems } = value;
  if (items.length === 0) {
    return (
      <Text color="secondary">
        No catalog-info.yaml of your teams has a problem.
      </Text>
    );
  }
  return (
    <Flex direction="column" gap="2">
      <ul className={styles.list}>
        {items.map(entity => (
          <li key={entity.metadata.name} className={styles.item}>
            <EntityRefLink entityRef={entity} />
            <Text style={{ overflowWrap: 'anywhere' }}>
              {catalogFileProblems(entity)[0]?.message}
            </Text>
          </li>
        ))}
      </ul>
      {totalItems > items.length && (
        <Text color="secondary">
          The first {items.length} of {totalItems}.
        </Text>
      )}
    </Flex>
  );
}

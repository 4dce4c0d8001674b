import { ANNOTATION_LOCATION } from '@backstage/catalog-model';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink, Flex, Text } from '@backstage/ui';
import { catalogFileProblems } from '../catalogFileProblems';
import { Pill } from './shared/Pill';

/** Card with what is wrong with a workload's `catalog-info.yaml`, and what the page shows instead. */
export function CatalogFileCard() {
  const { entity } = useEntity();
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  const url = /^url:(https?:\/\/.*)$/.exec(location ?? '')?.[1];
  return (
    <EntityInfoCard
      title="Problems in catalog-info.yaml"
      headerActions={
        url && (
          <ButtonLink
            size="small"
            variant="tertiary"
            href={url}
            target="_blank"
            rel="noopener noreferrer"
          >
            Open the file
          </ButtonLink>
        )
      }
    >
      <Flex direction="column" gap="3">
        {catalogFileProblems(entity).map(({ level, message }) => (
          <Flex key={message} gap="2" align="start">
            <Pill tone={level === 'error' ? 'bad' : 'neutral'}>
              {level === 'error' ? 'Problem' : 'Ignored'}
            </Pill>
            <Text style={{ overflowWrap: 'anywhere' }}>{message}</Text>
          </Flex>
        ))}
      </Flex>
    </EntityInfoCard>
  );
}

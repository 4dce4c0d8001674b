import { useApi } from '@backstage/core-plugin-api';
import { Alert, ButtonLink, Flex, Link, Text } from '@backstage/ui';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { useRequest } from '../hooks/useRequest';

/** Home widget with links to create a service and to earlier change requests. */
export function ChangeRequests() {
  const client = useApi(mlPlatformApiRef);
  const { value } = useRequest(
    useCallback(() => client.getPlatform(), [client]),
  );
  return (
    <Flex direction="column" gap="3">
      {value?.planDifferences?.length ? (
        <Alert
          role="alert"
          status="warning"
          icon
          title="The portal's configuration differs from the platform repository"
          description={`Tell the platform team: ${value.planDifferences.join(
            ' ',
          )}`}
        />
      ) : null}
      <Text as="p">
        Fill in a form, review the exact change, and get a pull request. Once it
        is merged, Argo CD deploys the service.
      </Text>
      <Flex align="center" gap="4" style={{ flexWrap: 'wrap' }}>
        <ButtonLink
          variant="primary"
          size="medium"
          href="/create/templates/default/ml-service"
        >
          Create an ML service
        </ButtonLink>
        <Link href="/create/tasks">My change requests</Link>
        {value?.forgeUrl && (
          <Link href={value.forgeUrl} target="_blank" rel="noopener noreferrer">
            Pull requests
          </Link>
        )}
      </Flex>
    </Flex>
  );
}

import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { Button, Text } from '@backstage/ui';
import type { VulnerabilitiesQuery } from '@internal/plugin-ml-platform-common';
import { useState } from 'react';
import { errorText } from '../../api/errorText';
import { mlPlatformApiRef } from '../../api/mlPlatformApi';
import { saveVulnerabilities } from './vulnerabilitiesCsv';

/** Button that saves all vulnerabilities of the view, not only those of the page. */
export function SaveCsv({ query }: { query: VulnerabilitiesQuery }) {
  const client = useApi(mlPlatformApiRef);
  const [isSaving, setIsSaving] = useState(false);
  const [error, setError] = useState<Error>();
  const save = async () => {
    setIsSaving(true);
    setError(undefined);
    await saveVulnerabilities(client, query).catch(reason =>
      setError(toError(reason)),
    );
    setIsSaving(false);
  };
  return (
    <>
      <Button variant="secondary" isPending={isSaving} onPress={save}>
        CSV of this view
      </Button>
      {error && (
        <Text role="alert" color="danger">
          Could not save the CSV: {errorText(error)}
        </Text>
      )}
    </>
  );
}

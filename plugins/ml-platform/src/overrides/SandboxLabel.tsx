import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { useRequest } from '../hooks/useRequest';
import styles from './SandboxLabel.module.css';

/** Label on every page while the sandbox is in use, with a link to its forge. */
export function SandboxLabel() {
  const sandbox = useApi(configApiRef).getOptionalBoolean('mlPlatform.sandbox');
  return sandbox ? <Label /> : null;
}

function Label() {
  const client = useApi(mlPlatformApiRef);
  const { value } = useRequest(
    useCallback(() => client.getPlatform(), [client]),
  );
  return (
    <aside className={styles.label} aria-label="Sandbox">
      <strong>Sandbox</strong>
      {value?.forgeUrl && (
        <a href={value.forgeUrl} target="_blank" rel="noopener noreferrer">
          Pull requests
        </a>
      )}
    </aside>
  );
}

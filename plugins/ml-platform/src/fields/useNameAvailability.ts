import { useApi } from '@backstage/core-plugin-api';
import type { NameAvailability } from '@internal/plugin-ml-platform-common';
import { useEffect, useState } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { TYPING_PAUSE_MILLISECONDS } from '../hooks/useSettled';

/**
 * Checks whether a name is available once the user stops typing.
 *
 * @returns undefined until the check has succeeded. A failed check is ignored: it runs again on "Next".
 */
export function useNameAvailability(
  name: string | undefined,
  team: string | undefined,
): NameAvailability | undefined {
  const client = useApi(mlPlatformApiRef);
  const [availability, setAvailability] = useState<NameAvailability>();
  useEffect(() => {
    setAvailability(undefined);
    if (!name || !team) {
      return undefined;
    }
    let current = true;
    const timer = setTimeout(() => {
      client.getNameAvailability({ team, name }).then(
        answer => current && setAvailability(answer),
        () => undefined,
      );
    }, TYPING_PAUSE_MILLISECONDS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, name, team]);
  return availability;
}

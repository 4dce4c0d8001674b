import type { NameAvailability } from '@internal/plugin-ml-platform-common';
import { useEffect, useState } from 'react';
import { TYPING_PAUSE_MILLISECONDS } from '../hooks/useSettled';

/**
 * Checks whether a name is available once the user stops typing.
 *
 * @param check - must be the same function while the name is the same; undefined while there is nothing to check
 * @returns undefined until the check has succeeded. A failed check is ignored: it runs again on "Next".
 */
export function useNameAvailability(
  check: (() => Promise<NameAvailability>) | undefined,
): NameAvailability | undefined {
  const [availability, setAvailability] = useState<NameAvailability>();
  useEffect(() => {
    setAvailability(undefined);
    if (!check) {
      return undefined;
    }
    let current = true;
    const timer = setTimeout(() => {
      check().then(
        answer => current && setAvailability(answer),
        () => undefined,
      );
    }, TYPING_PAUSE_MILLISECONDS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [check]);
  return availability;
}

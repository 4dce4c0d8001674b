import { useEffect, useState } from 'react';

/** Time without a key press after which somebody has stopped typing. */
export const TYPING_PAUSE_MILLISECONDS = 400;

/** Follows a value that somebody types, once it has not changed for a while. The first value counts at once. */
export function useSettled<T extends string | undefined>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(
      () => setSettled(value),
      TYPING_PAUSE_MILLISECONDS,
    );
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

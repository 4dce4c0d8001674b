import { useEffect, useState } from 'react';

/** Follows a value that somebody types, once it has not changed for a while. The first value counts at once. */
export function useSettled<T extends string | undefined>(
  value: T,
  milliseconds: number,
): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}

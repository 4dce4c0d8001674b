import { useMemo, useState } from 'react';
import { useSettled } from '../../hooks/useSettled';
import { plainText } from './ansi';
import type { LogLine } from './LogBuffer';

const NO_MATCHES: ReadonlySet<number> = new Set();

/** Search in the text of a log, without its escape sequences and without regard to case. */
export function useLogSearch(lines: LogLine[], query: string) {
  const needle = useSettled(query).toLocaleLowerCase('en');
  const found = useMemo(
    () =>
      needle === ''
        ? []
        : lines.flatMap((line, index) =>
            plainText(line.text).toLocaleLowerCase('en').includes(needle)
              ? [index]
              : [],
          ),
    [lines, needle],
  );
  /** By id, since indexes move when old lines are dropped. */
  const [currentId, setCurrentId] = useState<number>();
  const position = found.findIndex(index => lines[index].id === currentId);
  const ids = useMemo(
    () =>
      found.length === 0
        ? NO_MATCHES
        : new Set(found.map(index => lines[index].id)),
    [found, lines],
  );
  return {
    matches: ids,
    count: found.length,
    /** 0-based; -1 before the first step. */
    position,
    current: position === -1 ? undefined : found[position],
    /** Goes to the next match, or with -1 to the one before. */
    step: (direction: 1 | -1) => {
      if (found.length > 0) {
        const start = position === -1 && direction === -1 ? 0 : position;
        const next = (start + direction + found.length) % found.length;
        setCurrentId(lines[found[next]].id);
      }
    },
  };
}

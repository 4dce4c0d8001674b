import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { styledParts } from './ansi';
import type { LogLine } from './LogBuffer';
import styles from './LogLines.module.css';

const LINE_HEIGHT = 18;
/** Characters of a line that are shown until one asks for the rest: a line of a megabyte stops a browser. */
const MAX_LINE = 10_000;

/** Lines of a log, of which only the visible ones are in the document. */
export function LogLines(props: {
  /** Accessible name. */
  label: string;
  lines: LogLine[];
  wrap: boolean;
  /** Stays at the end while lines are added. */
  isFollowing: boolean;
  onLeaveEnd: () => void;
  onReachEnd: () => void;
  /** Ids of the lines that match a search. */
  matches: ReadonlySet<number>;
  /** Index of the line to show, for example of the current match. */
  current: number | undefined;
  onKeyDown?: (event: React.KeyboardEvent) => void;
}) {
  const { lines, wrap, isFollowing, matches, current } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: index => lines[index].id,
    overscan: 20,
  });
  useEffect(() => {
    if (isFollowing && lines.length > 0) {
      virtualizer.scrollToIndex(lines.length - 1, { align: 'end' });
    }
  }, [isFollowing, lines, wrap, virtualizer]);
  useEffect(() => {
    if (current !== undefined) {
      virtualizer.scrollToIndex(current, { align: 'center' });
    }
  }, [current, virtualizer]);
  const onScroll = ({ currentTarget }: React.UIEvent<HTMLElement>) => {
    const { scrollTop, clientHeight, scrollHeight } = currentTarget;
    if (scrollTop + clientHeight >= scrollHeight - LINE_HEIGHT) {
      props.onReachEnd();
    }
  };
  return (
    // Listens to the ways in which people scroll, and to keys that move in the log.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={scroll}
      className={styles.scroll}
      data-wrap={wrap}
      // Scrollable, so that it must be reachable with the keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="log"
      aria-live="off"
      aria-label={props.label}
      onScroll={onScroll}
      // Only people scroll up: the list itself moves down.
      onWheel={({ deltaY }) => deltaY < 0 && props.onLeaveEnd()}
      onPointerDown={props.onLeaveEnd}
      onTouchMove={props.onLeaveEnd}
      onKeyDown={event => {
        if (['ArrowUp', 'PageUp', 'Home'].includes(event.key)) {
          props.onLeaveEnd();
        }
        props.onKeyDown?.(event);
      }}
    >
      <div style={{ height: virtualizer.getTotalSize(), minWidth: '100%' }}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => (
          <div
            key={key}
            ref={virtualizer.measureElement}
            className={styles.line}
            data-index={index}
            data-match={matches.has(lines[index].id)}
            data-current={index === current}
            style={{ transform: `translateY(${start}px)` }}
          >
            <Line text={lines[index].text} />
          </div>
        ))}
      </div>
    </div>
  );
}

function Line({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false);
  const isCut = text.length > MAX_LINE && !isWhole;
  return (
    <>
      {styledParts(isCut ? text.slice(0, MAX_LINE) : text).map(
        (part, index) => (
          <span
            key={index}
            data-color={part.color}
            style={{
              fontWeight: part.bold ? 'bold' : undefined,
              textDecoration: part.underline ? 'underline' : undefined,
            }}
          >
            {part.text}
          </span>
        ),
      )}
      {isCut && (
        <button
          type="button"
          className={styles.more}
          onClick={() => setWhole(true)}
        >
          show all {text.length.toLocaleString('en')} characters
        </button>
      )}
      {text === '' && '\u00a0'}
    </>
  );
}

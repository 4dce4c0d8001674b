import { SearchField } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';
import { useSettled } from '../../hooks/useSettled';

/** Search field of a list. Searches once somebody has stopped typing; the key `/` moves the focus to it. */
export function SearchFilter(props: {
  /** Accessible name and placeholder. */
  label: string;
  value: string;
  onSearch: (text: string) => void;
}) {
  const { label, value, onSearch } = props;
  const ref = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(value);
  const settled = useSettled(text.trim());
  const sent = useRef(value);

  useEffect(() => {
    // The value changed without us: "back", or a link.
    if (value !== sent.current) {
      sent.current = value;
      setText(value);
    }
  }, [value]);
  useEffect(() => {
    if (settled !== sent.current) {
      sent.current = settled;
      onSearch(settled);
    }
    // Only what people type searches.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === '/' && !isTyping(event.target)) {
        event.preventDefault();
        ref.current?.querySelector('input')?.focus();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  return (
    <SearchField
      ref={ref}
      aria-label={label}
      placeholder={label}
      style={{ flex: '1 1 16rem' }}
      value={text}
      onChange={setText}
    />
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

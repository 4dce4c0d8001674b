import type { ReactNode } from 'react';
import styles from './preview.module.css';

/** Native `details` element, usable by keyboard and screen reader. Collapsed content is not rendered. */
export function Folding(props: {
  summary: ReactNode;
  isOpen: boolean;
  onToggle: (isOpen: boolean) => void;
  children: ReactNode;
}) {
  return (
    <details
      className={styles.folding}
      open={props.isOpen}
      onToggle={event => props.onToggle(event.currentTarget.open)}
    >
      <summary className={styles.summary}>{props.summary}</summary>
      {props.isOpen && props.children}
    </details>
  );
}

import type { ChangedFile } from '@internal/plugin-ml-platform-common';
import { diffLines } from './diffLines';
import { Folding } from './Folding';
import styles from './preview.module.css';

/** Collapsible diff of one file. Signs mark added and removed lines; colour is only an aid. */
export function FileDiff(props: {
  file: ChangedFile;
  isOpen: boolean;
  onToggle: (isOpen: boolean) => void;
}) {
  const { path, change, diff, additions, deletions } = props.file;
  return (
    <Folding
      isOpen={props.isOpen}
      onToggle={props.onToggle}
      summary={
        <>
          <code>{path}</code>
          <span className={styles.change}>
            {change}
            <span className={styles.additions} aria-label="lines added">
              +{additions}
            </span>
            <span className={styles.deletions} aria-label="lines removed">
              −{deletions}
            </span>
          </span>
        </>
      }
    >
      {/* Scrollable, so that it must be reachable with the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.code} tabIndex={0} aria-label={`Diff of ${path}`}>
        {diffLines(diff).map(({ kind, text }, index) => (
          <div key={index} className={styles.line} data-kind={kind}>
            {text || ' '}
          </div>
        ))}
      </pre>
    </Folding>
  );
}

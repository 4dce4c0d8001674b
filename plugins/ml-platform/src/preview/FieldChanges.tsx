import type { FieldChange } from '@internal/plugin-ml-platform-common';
import styles from './preview.module.css';

/** Fields of an object that differ, with both values. Words say which is which; colour is only an aid. */
export function FieldChanges(props: { fields: FieldChange[]; label: string }) {
  return (
    <div
      className={styles.fields}
      // Scrollable, so that it must be reachable with the keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={props.label}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {props.fields.map(({ path, before, after }) => (
            <tr key={path}>
              <th scope="row">{path}</th>
              <td data-kind="removed">{before ?? 'not set'}</td>
              <td data-kind="added">{after ?? 'not set'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

import { Alert, Text } from '@backstage/ui';
import type { DestructiveChange } from '@internal/plugin-ml-platform-common';
import styles from './preview.module.css';

/** Effects that reverting the change does not undo, or that weaken a guard, with who must agree. */
export function DestructiveChanges({
  changes,
}: {
  changes: DestructiveChange[];
}) {
  if (changes.length === 0) {
    return null;
  }
  return (
    <section aria-label="Destructive changes">
      <Alert
        role="status"
        status="warning"
        icon
        title={
          changes.length === 1
            ? 'This change has a destructive effect'
            : `This change has ${changes.length} destructive effects`
        }
        description="It destroys something that reverting it does not bring back, or weakens a guard."
      />
      <ul className={styles.list}>
        {changes.map(({ path, text, environments, approvers }) => (
          <li key={`${path} ${text}`} className={styles.check}>
            <Text>{text}</Text>
            <p className={styles.message}>
              <code>{path}</code>
              {environments.length > 0 && ` in ${environments.join(', ')}`}. To
              be agreed by {approvers.join(' and ')}.
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

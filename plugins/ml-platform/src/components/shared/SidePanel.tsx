import { ButtonIcon, Text } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { useEffect, useRef, type ReactNode } from 'react';
import styles from './SidePanel.module.css';

/** Panel beside the page for the details of a row. Takes the focus when it opens, gives it back, and closes on Esc. */
export function SidePanel(props: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { title, onClose } = props;
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    ref.current?.focus();
    return () => {
      if (opener instanceof HTMLElement) {
        opener.focus();
      }
    };
  }, []);
  return (
    // Only listens to a key that means the same everywhere in it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside
      ref={ref}
      className={styles.panel}
      aria-label={title}
      tabIndex={-1}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          onClose();
        }
      }}
    >
      <header className={styles.header}>
        <Text as="h2" variant="title-small" className={styles.title}>
          {title}
        </Text>
        <ButtonIcon
          aria-label="Close"
          icon={<RiCloseLine />}
          size="small"
          variant="tertiary"
          onPress={onClose}
        />
      </header>
      <div className={styles.body}>{props.children}</div>
    </aside>
  );
}

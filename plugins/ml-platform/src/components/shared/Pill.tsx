import {
  RiAlertLine,
  RiCheckLine,
  RiCloseCircleLine,
  RiLoader4Line,
  RiSubtractLine,
} from '@remixicon/react';
import type { ReactNode } from 'react';
import styles from './Pill.module.css';

export type Tone = 'good' | 'busy' | 'warning' | 'bad' | 'neutral';

const ICONS = {
  good: RiCheckLine,
  busy: RiLoader4Line,
  warning: RiAlertLine,
  bad: RiCloseCircleLine,
  neutral: RiSubtractLine,
};

/** Label that shows a state by text, icon and colour, never by colour alone. */
export function Pill(props: { tone: Tone; children: ReactNode }) {
  const Icon = ICONS[props.tone];
  return (
    <span className={styles.pill} data-tone={props.tone}>
      <Icon aria-hidden />
      {props.children}
    </span>
  );
}

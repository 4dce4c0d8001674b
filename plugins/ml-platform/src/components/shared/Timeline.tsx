import { VisuallyHidden } from '@backstage/ui';
import {
  RiCheckLine,
  RiCloseLine,
  RiLoader4Line,
  RiSkipForwardMiniLine,
  RiTimeLine,
} from '@remixicon/react';
import type { ReactNode } from 'react';
import styles from './Timeline.module.css';

type TimelineState = 'passed' | 'running' | 'waiting' | 'failed' | 'skipped';

export interface TimelineStep {
  id: string;
  /** Name of the step, for example "approved". */
  title: string;
  state: TimelineState;
  /** Time, actor, reason. Vertical timelines have room for sentences. */
  children?: ReactNode;
}

const ICONS: Record<TimelineState, typeof RiCheckLine> = {
  passed: RiCheckLine,
  running: RiLoader4Line,
  waiting: RiTimeLine,
  failed: RiCloseLine,
  skipped: RiSkipForwardMiniLine,
};

/** Steps in order, each with its state as icon, colour and text for screen readers. */
export function Timeline(props: {
  /** Accessible name, for example "Steps of #214". */
  label: string;
  steps: TimelineStep[];
  /** `horizontal` wraps on narrow screens. */
  orientation: 'horizontal' | 'vertical';
}) {
  return (
    <ol
      className={styles.timeline}
      data-orientation={props.orientation}
      aria-label={props.label}
    >
      {props.steps.map(({ id, title, state, children }) => {
        const Icon = ICONS[state];
        return (
          <li key={id} className={styles.step} data-state={state}>
            <span className={styles.icon}>
              <Icon aria-hidden />
            </span>
            <div className={styles.content}>
              <span className={styles.title}>{title}</span>
              <VisuallyHidden>, {state}</VisuallyHidden>
              {children}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

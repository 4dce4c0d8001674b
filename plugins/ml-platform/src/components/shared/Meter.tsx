import styles from './Meter.module.css';

/** Shares from which a bar shows that little is left, and that nothing is. */
const NEARLY_FULL = 0.9;
const FULL = 1;

/** Bar of a used share, with its text beside it. Write words instead where there is no maximum: a bar would claim one. */
export function Meter(props: {
  /** Accessible name, for example "GPU requests in prod". */
  label: string;
  value: number;
  /** Above 0. `value` can exceed it. */
  max: number;
  /** Visible text, for example "2 of 4 GPUs". */
  text: string;
}) {
  const { label, value, max, text } = props;
  const share = value / max;
  return (
    <div className={styles.meter}>
      <div
        className={styles.bar}
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={Math.min(value, max)}
        aria-valuetext={text}
        data-level={levelOf(share)}
      >
        <div style={{ inlineSize: `${Math.min(share, 1) * 100}%` }} />
      </div>
      <span className={styles.text}>{text}</span>
    </div>
  );
}

function levelOf(share: number): string {
  if (share >= FULL) return 'full';
  return share >= NEARLY_FULL ? 'high' : 'normal';
}

import type { Run } from '@internal/plugin-ml-platform-common';
import { absoluteTime } from '../shared/time';
import styles from './RunsTimeline.module.css';
import { runDuration, runName, runState, RUN_TONES } from './runTexts';

/** Runs on a common scale of time: hatched while they waited, solid while they ran. The text says the same. */
export function RunsTimeline({ runs, now }: { runs: Run[]; now: string }) {
  const spans = runs.map(run => {
    const begin = Date.parse(run.createdAt ?? run.startedAt ?? now);
    const start = run.startedAt ? Date.parse(run.startedAt) : undefined;
    const end = Date.parse(run.endedAt ?? now);
    return { run, begin: Math.min(begin, start ?? begin), start, end };
  });
  const first = Math.min(...spans.map(({ begin }) => begin));
  const last = Math.max(...spans.map(({ end }) => end), first + 1);
  const bar = (from: number, to: number) => ({
    insetInlineStart: `${((from - first) / (last - first)) * 100}%`,
    inlineSize: `${(Math.max(0, to - from) / (last - first)) * 100}%`,
  });
  return (
    <div>
      <ul className={styles.timeline} aria-label="Timeline of runs">
        {spans.map(({ run, begin, start, end }) => (
          <li key={run.id} className={styles.row}>
            <span className={styles.name}>{runName(run)}</span>
            <span className={styles.track}>
              <span
                className={styles.bar}
                data-part="waited"
                style={bar(begin, start ?? end)}
              />
              {start !== undefined && (
                <span
                  className={styles.bar}
                  data-tone={RUN_TONES[run.state]}
                  style={bar(start, end)}
                />
              )}
            </span>
            <span>
              {[runState(run), runDuration(run)].filter(Boolean).join(', ')}
            </span>
          </li>
        ))}
      </ul>
      <div className={styles.scale}>
        <span>{absoluteTime(new Date(first).toISOString())}</span>
        <span>{absoluteTime(new Date(last).toISOString())}</span>
      </div>
    </div>
  );
}

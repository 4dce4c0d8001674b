import type { HealthState } from '@internal/plugin-ml-platform-common';
import type { Tone } from './shared/Pill';

/** Pill tone of each health state. An unknown state is never shown as healthy. */
export const HEALTH_TONES: Record<HealthState, Tone> = {
  healthy: 'good',
  progressing: 'busy',
  waiting: 'busy',
  degraded: 'bad',
  suspended: 'neutral',
  missing: 'neutral',
  unknown: 'neutral',
};

/** Display name of each health state. */
export const HEALTH_LABELS: Record<HealthState, string> = {
  healthy: 'Healthy',
  progressing: 'Progressing',
  waiting: 'Waiting',
  degraded: 'Degraded',
  suspended: 'Suspended',
  missing: 'Not deployed',
  unknown: 'Unknown',
};

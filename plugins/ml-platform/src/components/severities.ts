import type { Severity } from '@internal/plugin-ml-platform-common';
import type { Tone } from './shared/Pill';

export const SEVERITY_TONES: Record<Severity, Tone> = {
  CRITICAL: 'bad',
  HIGH: 'bad',
  MEDIUM: 'warning',
  LOW: 'neutral',
  UNKNOWN: 'neutral',
};

/** Display name of a severity, for example "Critical". */
export function severityName(severity: Severity): string {
  return `${severity[0]}${severity.slice(1).toLowerCase()}`;
}

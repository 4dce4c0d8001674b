import type { Processes } from './processes/Processes';

/** What every part of one running platform shares. */
export interface Platform {
  /** Everything the platform writes, but for its logs; goes away with it. */
  directory: string;
  processes: Processes;
  /** What its programs see of the outside. */
  environment: Record<string, string>;
}

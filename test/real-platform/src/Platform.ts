import type { Processes } from './processes/Processes';

/** Resources that the components of a running platform share. */
export interface Platform {
  /** Data of the platform except its logs; removed with the platform. */
  directory: string;
  processes: Processes;
  /** Environment variables of its programs. */
  environment: Record<string, string>;
}

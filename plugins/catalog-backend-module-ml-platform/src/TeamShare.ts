import { TEAM_LIMITS } from '@internal/plugin-ml-platform-node';

/** Part of `TEAM_LIMITS` that the workloads of a team have used up at one commit. */
export class TeamShare {
  workloads = 0;
  entities = 0;
  catalogBytes = 0;
  versions = 0;

  /** Describes the first limit that leaves no room for another workload; undefined while there is room. */
  exceeded(): string | undefined {
    if (this.workloads >= TEAM_LIMITS.workloads) {
      return `more than ${TEAM_LIMITS.workloads} workloads`;
    }
    if (this.entities >= TEAM_LIMITS.entities) {
      return `${TEAM_LIMITS.entities} entities or more`;
    }
    return this.catalogBytes >= TEAM_LIMITS.catalogBytes
      ? `${TEAM_LIMITS.catalogBytes} bytes or more in catalog-info.yaml files and what they include`
      : undefined;
  }
}

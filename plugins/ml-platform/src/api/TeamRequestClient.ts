import {
  nameAvailabilitySchema,
  owningGroupsSchema,
  teamPlanSchema,
  teamQuotaSchema,
  teamWorkloadsSchema,
  type NameAvailability,
  type OwningGroups,
  type TeamPlan,
  type TeamQuota,
  type TeamWorkloads,
} from '@internal/plugin-ml-platform-common';
import {
  parse,
  path,
  withQuery,
  type BackendConnection,
} from './BackendConnection';

/** As many as the backend lists at once. */
const MAX_WORKLOADS = 100;

/** Client of the routes that the form and the page of a team read, acting as the signed-in user. */
export class TeamRequestClient {
  readonly #connection: BackendConnection;

  constructor(connection: BackendConnection) {
    this.#connection = connection;
  }

  /** Gets the groups that the user may request teams for. */
  async getGroups(): Promise<OwningGroups> {
    return parse(
      owningGroupsSchema,
      await this.#connection.json(path`/groups`),
    );
  }

  async getNameAvailability(options: {
    group: string;
    name: string;
  }): Promise<NameAvailability> {
    return parse(
      nameAvailabilitySchema,
      await this.#connection.json(
        path`/groups/${options.group}/team-names/${options.name}`,
      ),
    );
  }

  /** Gets what a team has, as the form that changes it asks for it. */
  async getPlan(team: string): Promise<TeamPlan> {
    return parse(
      teamPlanSchema,
      await this.#connection.json(path`/teams/${team}/plan`),
    );
  }

  /** Gets the workloads of a team with their health and, if the user may see them, their findings; the worst ones first. */
  async getWorkloads(team: string): Promise<TeamWorkloads> {
    const url = withQuery(path`/teams/${team}/workloads`, {
      sort: 'state',
      findings: true,
      limit: MAX_WORKLOADS,
    });
    return parse(teamWorkloadsSchema, await this.#connection.json(url));
  }

  /** Gets the quota of a team in each environment, and its use. */
  async getQuota(team: string): Promise<TeamQuota> {
    return parse(
      teamQuotaSchema,
      await this.#connection.json(path`/teams/${team}/quota`),
    );
  }
}

import {
  nameAvailabilitySchema,
  owningGroupsSchema,
  teamPlanSchema,
  teamQuotaSchema,
  type NameAvailability,
  type OwningGroups,
  type TeamPlan,
  type TeamQuota,
} from '@internal/plugin-ml-platform-common';
import { parse, path, type BackendConnection } from './BackendConnection';

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

  /** Gets the quota of a team in each environment, and its use. */
  async getQuota(team: string): Promise<TeamQuota> {
    return parse(
      teamQuotaSchema,
      await this.#connection.json(path`/teams/${team}/quota`),
    );
  }
}

import {
  nameAvailabilitySchema,
  previewSchema,
  teamPlanSchema,
  teamQuotaSchema,
} from '@internal/plugin-ml-platform-common';
import { eventually } from '@internal/plugin-ml-platform-node/testing';
import { inCatalog } from '../inCatalog';
import type { RunningPortal } from '../RunningPortal';
import { DeploymentClient, STRANGER } from './DeploymentClient';
import { ForgeClient } from './ForgeClient';

const LEAD = 'team-lead';
const TEAM = 'risk';
const TEMPLATE = 'template:default/team-namespace';
const VALUES = {
  team: TEAM,
  group: 'risk-models',
  title: 'Risk',
  description: 'Scores credit risk',
  environments: { dev: { tier: 'small' }, prod: { tier: 'medium' } },
  gpus: 2,
  cpu: 16,
  memory: '64Gi',
};
const SERVICE = {
  team: TEAM,
  name: 'credit-score',
  description: 'Scores credit.',
  image: 'ghcr.io/acme/credit-score:1.0.0',
  port: 8080,
  size: 'small',
};

/** Tests of the way from the form for a team to a service of this team. */
// eslint-disable-next-line jest/no-export -- Not a test file: each target has one that calls it.
export function describeTeam(portal: () => RunningPortal) {
  const client = new DeploymentClient(portal);
  const preview = (persona: string, templateRef: string, values: object) =>
    portal().send(persona, 'post', '/api/ml-platform/preview', {
      templateRef,
      values,
    });
  const request = async (templateRef: string, values: object) => {
    const { body } = await preview(LEAD, templateRef, values);
    const { report } = previewSchema.parse(body);
    expect(report.checks.filter(each => each.status === 'failed')).toEqual([]);
    const { output, error } = await client.runTask(
      { ...values, previewDigest: report.digest },
      templateRef,
      LEAD,
    );
    expect(error).toBeUndefined();
    const forge = new ForgeClient(portal().target.forge);
    const number = Number(output.pullRequest.url.split('/').at(-1));
    const pull = await forge.mergeable(number);
    await forge.merge(number, pull.head.sha);
  };

  beforeAll(() =>
    inCatalog(portal(), [
      'template/default/team-namespace',
      'group/default/risk-models',
    ]),
  );

  it('refuses people who are not in the group, with words', async () => {
    const { status, body } = await preview(STRANGER, TEMPLATE, VALUES);
    expect({ status, message: body.error.message }).toEqual({
      status: 403,
      message: expect.stringContaining(
        'You may not request a team that risk-models owns.',
      ),
    });
    // The permission for one group is none for the team of another.
    const other = await preview(LEAD, 'template:default/ml-service', {
      ...SERVICE,
      team: 'app-data-team',
      group: 'risk-models',
    });
    expect(other.status).toBe(403);
  });

  it('gives the team its namespaces and quotas', async () => {
    await request(TEMPLATE, VALUES);
    await eventually(
      async () => {
        const { body } = await client.get(
          `/api/ml-platform/teams/${TEAM}/quota`,
          LEAD,
        );
        const { environments } = teamQuotaSchema.parse(body);
        expect(
          environments.map(({ namespace, resources }) => [
            namespace,
            resources.find(({ resource }) => resource === 'requests.cpu')?.hard,
          ]),
        ).toEqual(
          expect.arrayContaining([
            ['risk-dev', 8],
            ['risk', 24],
          ]),
        );
      },
      { seconds: 120 },
    );
    const path = `/api/ml-platform/teams/${TEAM}/plan`;
    const { body } = await client.get(path, LEAD);
    expect(teamPlanSchema.parse(body).values).toEqual(VALUES);
    expect((await client.get(path, STRANGER)).status).toBe(404);
    const name = await client.get(
      `/api/ml-platform/groups/app-ml-team/team-names/${TEAM}`,
      LEAD,
    );
    expect(nameAvailabilitySchema.parse(name.body)).toMatchObject({
      available: false,
    });
  });

  it('lets members of the group deploy a service of the team', async () => {
    await request('template:default/ml-service', SERVICE);
    await eventually(
      async () => {
        const { status, body } = await client.get(
          `/api/ml-platform/teams/${TEAM}/workloads/${SERVICE.name}`,
          LEAD,
        );
        expect(status).toBe(200);
        expect(body.environments[0]).toMatchObject({
          namespace: 'risk-dev',
          application: { sync: 'Synced', health: 'Healthy' },
        });
      },
      { seconds: 120 },
    );
  });
}

import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { startPlatformServer } from '../__testUtils__/platformServer';
import { API } from '../__testUtils__/renderWithPlatform';
import { preview } from '../__testUtils__/samples';
import { mlPlatformPlugin } from '../plugin';

const SCAFFOLDER = 'http://localhost:7007/api/scaffolder';
const NAMES = `${API}/groups/risk-models/team-names/:name`;

const text = (title: string, field: string) => ({
  title,
  type: 'string',
  'ui:field': field,
});

const manifest = {
  title: 'Team',
  steps: [
    {
      title: 'Team and share',
      schema: {
        type: 'object',
        required: ['team', 'group', 'environments'],
        properties: {
          mode: text('Request', 'MlPlatformRequestMode'),
          group: text('Group', 'MlPlatformGroupPicker'),
          team: text('Name', 'MlPlatformTeamName'),
          environments: {
            title: 'Environments',
            type: 'object',
            additionalProperties: { type: 'object' },
            'ui:field': 'MlPlatformEnvironmentTiers',
            'ui:options': { tiers: { small: 'Small', large: 'Large' } },
          },
        },
      },
    },
    {
      title: 'Preview',
      schema: {
        type: 'object',
        properties: {
          previewDigest: text('What this will change', 'MlPlatformPreview'),
        },
      },
    },
  ],
};

describe('form for a team', () => {
  const platform = startPlatformServer();
  let previewed: Array<{ values: unknown }>;

  beforeEach(() => {
    previewed = [];
    platform.respond(`${API}/platform`, {
      sandbox: true,
      environments: ['dev', 'prod'].map(name => ({
        name,
        cluster: 'sandbox',
        namespaceSuffix: '',
      })),
      requestableTeams: [],
    });
    platform.respond(`${API}/groups`, {
      items: [{ name: 'risk-models', title: 'Risk models' }],
    });
    platform.respond(NAMES, { available: true, unchecked: [] });
    platform.respond(
      `${SCAFFOLDER}/v2/templates/default/template/team-namespace/parameter-schema`,
      manifest,
    );
    platform.use(
      http.post(`${API}/preview`, async ({ request }) => {
        previewed.push((await request.json()) as { values: unknown });
        return HttpResponse.json(preview);
      }),
    );
  });

  afterEach(() => window.history.replaceState({}, '', '/'));

  function open(values: object = {}) {
    const query = new URLSearchParams({ formData: JSON.stringify(values) });
    window.history.replaceState({}, '', `/?${query}`);
    renderTestApp({
      features: [scaffolderPlugin, mlPlatformPlugin],
      initialRouteEntries: ['/create/templates/default/team-namespace'],
      apis: [[catalogApiRef, catalogApiMock()], mockApis.permission()],
    });
    return screen.findByRole('textbox', { name: /Name/ });
  }
  const next = () =>
    userEvent.click(screen.getByRole('button', { name: 'Next' }));
  async function choose(environment: string, option: string) {
    const group = await screen.findByRole('group', { name: 'Environments' });
    await userEvent.click(
      within(group).getByRole('button', { name: new RegExp(environment) }),
    );
    await userEvent.click(await screen.findByRole('option', { name: option }));
  }

  it('checks the name, asks for an environment, and previews the values', async () => {
    const name = await open();
    expect(
      await screen.findByText('Risk models (risk-models)', {
        ignore: 'option',
      }),
    ).toBeVisible();
    await userEvent.type(name, 'Risk');
    expect(screen.getByText(/^A team name has lower-case/)).toBeVisible();
    platform.respond(NAMES, {
      available: false,
      reason: 'There is a team risk already. Choose another name.',
      unchecked: [],
    });
    await userEvent.clear(name);
    await userEvent.type(name, 'risk');
    expect(
      await screen.findByText(/There is a team risk already/),
    ).toBeVisible();
    platform.respond(NAMES, { available: true, unchecked: [] });
    await userEvent.type(name, '-lab');
    expect(await screen.findByText('This name is available.')).toBeVisible();

    await next();
    expect(
      await screen.findAllByText('Choose a size for at least one environment.'),
    ).not.toHaveLength(0);
    await choose('dev', 'Small');
    await choose('prod', 'Large');
    await choose('dev', 'Not needed');
    await next();
    expect(await screen.findByText('Ready to submit')).toBeVisible();
    expect(previewed.map(({ values }) => values)).toEqual([
      {
        group: 'risk-models',
        team: 'risk-lab',
        environments: { prod: { tier: 'large' } },
      },
    ]);
  });

  it('fixes group and name of a team that exists, and says what happens', async () => {
    const name = await open({
      mode: 'remove',
      group: 'risk-models',
      team: 'risk',
      environments: { dev: { tier: 'small' } },
    });
    expect(name).toHaveAttribute('readonly');
    expect(screen.getByRole('textbox', { name: /Group/ })).toHaveValue(
      'risk-models',
    );
    expect(
      screen.getByText('This removes the team risk from every environment.'),
    ).toBeVisible();
    expect(screen.getByText(/stay until the platform team/)).toBeVisible();
  });

  it('explains that no group can own a team', async () => {
    platform.respond(`${API}/groups`, { items: [] });
    await open();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You are not in a group that can own a team',
    );
  });
});

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
const GIB = 1024 ** 3;

const text = (title: string, field: string, options = {}) => ({
  title,
  type: 'string',
  'ui:field': field,
  'ui:options': options,
});

const manifest = {
  title: 'Change a quota',
  steps: [
    {
      title: 'Environments',
      schema: {
        type: 'object',
        required: ['team', 'group'],
        properties: {
          team: text('Team', 'MlPlatformTeamPicker'),
          group: text('Owner', 'MlPlatformGroupPicker', { ofTeam: true }),
          sizes: {
            title: 'Sizes',
            type: 'object',
            additionalProperties: { type: 'string' },
            'ui:field': 'MlPlatformTeamSizes',
            'ui:options': { tiers: { small: 'Small', large: 'Large' } },
          },
          gpus: {
            title: 'GPUs',
            description: 'For all.',
            type: 'integer',
            'ui:field': 'MlPlatformTeamShare',
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

const resource = (name: string, used: number, hard: number) => ({
  resource: name,
  kind: name.endsWith('cpu') ? 'cpu' : 'memory',
  unit: name.endsWith('cpu') ? 'cores' : 'bytes',
  used,
  hard,
  hardQuantity: '',
  quota: 'tenant',
  scopes: [],
});

describe('form for a quota', () => {
  const platform = startPlatformServer();
  let previewed: unknown[];

  beforeEach(() => {
    previewed = [];
    platform.respond(`${API}/platform`, {
      sandbox: true,
      environments: [],
      requestableTeams: [{ name: 'risk', title: 'Risk' }],
    });
    platform.respond(`${API}/groups`, {
      items: [{ name: 'risk-models', title: 'Risk models' }],
    });
    platform.respond(`${API}/teams/risk/plan`, {
      commit: 'c0ffee',
      values: {
        team: 'risk',
        group: 'risk-models',
        title: 'Risk',
        description: 'Scores',
        environments: { dev: { tier: 'small' }, prod: { tier: 'own' } },
        cpu: 16,
        memory: '64Gi',
        gpus: 2,
      },
    });
    platform.respond(`${API}/teams/risk/quota`, {
      team: 'risk',
      environments: [
        {
          environment: 'dev',
          cluster: 'sandbox',
          namespace: 'risk-dev',
          resources: [
            resource('requests.cpu', 7.25, 8),
            resource('requests.memory', 12 * GIB, 24 * GIB),
          ],
          consumers: [],
          consumersTotal: 0,
          limits: [],
        },
      ],
      freshness: { stale: false, problems: [] },
    });
    platform.respond(
      `${SCAFFOLDER}/v2/templates/default/template/change-quota/parameter-schema`,
      manifest,
    );
    platform.use(
      http.post(`${API}/preview`, async ({ request }) => {
        previewed.push(((await request.json()) as { values: unknown }).values);
        return HttpResponse.json(preview);
      }),
    );
  });

  function open() {
    renderTestApp({
      features: [scaffolderPlugin, mlPlatformPlugin],
      initialRouteEntries: ['/create/templates/default/change-quota'],
      apis: [[catalogApiRef, catalogApiMock()], mockApis.permission()],
    });
    return screen.findByRole('group', { name: 'Sizes' });
  }
  async function choose(environment: string, option: string) {
    const group = await screen.findByRole('group', { name: 'Sizes' });
    await userEvent.click(
      within(group).getByRole('button', { name: new RegExp(environment) }),
    );
    await userEvent.click(await screen.findByRole('option', { name: option }));
  }

  it('shows what is in use, and asks for what changes only', async () => {
    await open();
    expect(
      await screen.findByRole('meter', { name: 'CPU in use in dev' }),
    ).toHaveAttribute('aria-valuetext', '7.3 of 8 CPUs in use');
    expect(screen.getByText('12 of 24 GiB in use')).toBeVisible();
    expect(screen.getByText('Today: Small')).toBeVisible();
    // Neither a size that the form does not know, nor an environment without a namespace, is in its way.
    expect(screen.getByText('Today: own')).toBeVisible();
    expect(screen.getByText('Use is not known')).toBeVisible();
    expect(screen.getByRole('textbox', { name: /Owner/ })).toHaveValue(
      'risk-models',
    );
    const gpus = screen.getByRole('textbox', { name: /GPUs/ });
    expect(gpus).toHaveAccessibleDescription(
      'For all. Today: 2. It stays when this is empty.',
    );
    await choose('prod', 'Large');
    await choose('dev', 'Large');
    await choose('prod', 'own');
    await userEvent.type(gpus, '4');
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    expect(await screen.findByText('Ready to submit')).toBeVisible();
    expect(previewed).toEqual([
      {
        team: 'risk',
        group: 'risk-models',
        sizes: { dev: 'large' },
        gpus: 4,
      },
    ]);
  });

  it('works without knowing what is in use', async () => {
    platform.respondWithError(`${API}/teams/risk/quota`, 503, 'Unreachable');
    await open();
    expect(await screen.findAllByText('Use is not known')).toHaveLength(2);
    await choose('dev', 'Large');
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    expect(await screen.findByText('Ready to submit')).toBeVisible();
  });

  it('says that the team could not be read', async () => {
    platform.respondWithError(`${API}/teams/risk/plan`, 503, 'Unreachable');
    renderTestApp({
      features: [scaffolderPlugin, mlPlatformPlugin],
      initialRouteEntries: ['/create/templates/default/change-quota'],
      apis: [[catalogApiRef, catalogApiMock()], mockApis.permission()],
    });
    expect(
      await screen.findByText('Could not load the sizes of the team'),
    ).toBeVisible();
  });
});

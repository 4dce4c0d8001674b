import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import type { SyncHistory } from '@internal/plugin-ml-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { startPlatformServer } from '../__testUtils__/platformServer';
import { API, WORKLOAD } from '../__testUtils__/renderWithPlatform';
import { platformInfo } from '../__testUtils__/samples';
import { mlPlatformPlugin } from '../plugin';

const SCAFFOLDER = 'http://localhost:7007/api/scaffolder';

const CURRENT = 'c'.repeat(40);
const EARLIER = 'e'.repeat(40);

const text = (title: string, field: string, more: object = {}) => ({
  title,
  type: 'string',
  'ui:field': field,
  ...more,
});

const request = {
  mode: text('Mode', 'MlPlatformRequestMode'),
  team: text('Team', 'MlPlatformTeamPicker'),
  name: text('Name', 'MlPlatformWorkloadName'),
  environment: text('Environment', 'MlPlatformEnvironment'),
};
const rollBack = {
  ...request,
  name: text('Name', 'MlPlatformWorkloadName', {
    'ui:options': { existing: true },
  }),
  commit: text('Deployment', 'MlPlatformDeployment'),
};

const names = { team: 'app-ml-team', name: 'fraud-scorer' };

const history: SyncHistory = {
  items: [
    { environment: 'dev', id: 4, revision: CURRENT, current: true },
    {
      environment: 'dev',
      id: 3,
      revision: EARLIER,
      deployedAt: new Date(Date.now() - 3 * 86_400_000).toISOString(),
      current: false,
      author: 'Ada <ada@example.com>',
      subject: 'Set the image to 1.4.1',
    },
    // Deployed before, too, and by a chart alone.
    { environment: 'dev', id: 2, revision: CURRENT, current: false },
    { environment: 'dev', id: 1, revision: EARLIER, current: false },
    { environment: 'dev', id: 0, revision: '4.2.1', current: false },
  ],
  total: 5,
  freshness: { stale: false, problems: [] },
};

describe('form fields for an existing workload', () => {
  const platform = startPlatformServer();
  let created: unknown[];
  let namesAsked: number;

  beforeEach(() => {
    created = [];
    namesAsked = 0;
    platform.respond(`${API}/platform`, platformInfo);
    platform.use(
      http.get(`${API}/teams/app-ml-team/names/:name`, () => {
        namesAsked += 1;
        return HttpResponse.json({ available: false, unchecked: [] });
      }),
      http.post(`${SCAFFOLDER}/v2/tasks`, async ({ request: task }) => {
        created.push(await task.json());
        return HttpResponse.json({ id: 'task-1' }, { status: 201 });
      }),
      http.all(`${SCAFFOLDER}/v2/tasks/task-1*`, () =>
        HttpResponse.json({}, { status: 404 }),
      ),
    );
  });

  afterEach(() => window.history.replaceState({}, '', '/'));

  function openForm(
    properties: object,
    formData: object,
    required = ['team', 'name'],
  ) {
    platform.respond(
      `${SCAFFOLDER}/v2/templates/default/template/form/parameter-schema`,
      {
        title: 'Form',
        steps: [
          { title: 'Page', schema: { type: 'object', required, properties } },
        ],
      },
    );
    const query = new URLSearchParams({ formData: JSON.stringify(formData) });
    window.history.replaceState({}, '', `/?${query}`);
    renderTestApp({
      features: [scaffolderPlugin, mlPlatformPlugin],
      initialRouteEntries: ['/create/templates/default/form'],
      apis: [[catalogApiRef, catalogApiMock()], mockApis.permission()],
    });
  }

  async function submit() {
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create' }),
    );
    await waitFor(() => expect(created).toHaveLength(1));
    return created[0];
  }

  async function choose(field: string, option: RegExp | string) {
    await userEvent.click(
      await screen.findByRole('button', { name: new RegExp(field) }),
    );
    const list = await screen.findByRole('listbox');
    await userEvent.click(within(list).getByRole('option', { name: option }));
  }

  it.each([
    ['edit', 'This changes fraud-scorer of app-ml-team in dev.'],
    [
      'upgrade',
      'This upgrades fraud-scorer of app-ml-team in dev to the newest template.',
    ],
    ['remove', 'This removes fraud-scorer of app-ml-team from dev.'],
  ])('says what "%s" does, and fixes whom it is for', async (mode, title) => {
    const values = { ...names, mode, environment: 'dev' };
    openForm(request, values);

    expect(await screen.findByText(title)).toBeVisible();
    for (const [name, value] of [
      ['Team', 'app-ml-team'],
      ['Name', 'fraud-scorer'],
      ['Environment', 'dev'],
    ]) {
      const field = screen.getByRole('textbox', { name });
      expect(field).toHaveValue(value);
      expect(field).toHaveAttribute('readonly');
    }
    expect(await submit()).toMatchObject({ values });
    expect(namesAsked).toBe(0);
  });

  it('says that a removal without an environment is for all of them', async () => {
    openForm(request, { ...names, mode: 'remove' });

    expect(
      await screen.findByText(
        'This removes fraud-scorer of app-ml-team from every environment.',
      ),
    ).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'Environment' })).toHaveValue(
      'Every environment',
    );
    expect(await submit()).toMatchObject({
      values: { ...names, mode: 'remove' },
    });
  });

  it('lets people enter what a link left out, and choose whom a new workload is for', async () => {
    openForm(request, { mode: 'create', name: 'fraud-scorer' });

    const name = await screen.findByRole('textbox', { name: /Name/ });
    expect(name).not.toHaveAttribute('readonly');
    expect(screen.queryByText(/^This /)).toBeNull();
    // Its team is preselected, and the name is checked.
    expect(await screen.findByText(/^This name is taken/)).toBeVisible();
    await choose('Environment', 'staging');
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });

  it('refuses an environment that the platform does not have', async () => {
    openForm(request, { ...names, mode: 'change', environment: 'qa' });

    const problem =
      'There is no environment "qa". Choose one of dev, staging, prod.';
    expect(await screen.findByRole('alert')).toHaveTextContent(problem);
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    expect(await screen.findAllByText(problem)).not.toHaveLength(0);
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });

  it('lists the earlier deployments of an environment once it is chosen', async () => {
    const asked: string[] = [];
    platform.use(
      http.get(`${WORKLOAD}/deployments`, ({ request: { url } }) => {
        asked.push(new URL(url).search);
        return HttpResponse.json(history);
      }),
    );
    openForm(rollBack, names, ['team', 'name', 'environment', 'commit']);
    expect(
      await screen.findByText('Choose the team, name and environment first'),
    ).toBeVisible();

    await choose('Environment', 'dev');
    const deployment = await screen.findByRole('button', {
      name: /Deployment/,
    });
    await userEvent.click(deployment);
    const [option, ...others] = within(
      await screen.findByRole('listbox'),
    ).getAllByRole('option');
    expect(others).toEqual([]);
    expect(option).toHaveTextContent(
      /^3 days ago, eeeeeee: Set the image to 1\.4\.1\d+ \w+ \d{4}, \d\d:\d\d by Ada$/,
    );
    await userEvent.click(option);

    expect(await submit()).toMatchObject({
      values: { ...names, environment: 'dev', commit: EARLIER },
    });
    expect([...new Set(asked)]).toEqual(['?environment=dev']);
    expect(namesAsked).toBe(0);
  });

  it('drops a deployment of another environment, and says when there is none', async () => {
    platform.respond(`${WORKLOAD}/deployments`, {
      ...history,
      items: history.items.slice(0, 1),
    });
    openForm(rollBack, { ...names, environment: 'dev', commit: EARLIER }, [
      'commit',
    ]);

    expect(
      await screen.findByText('No earlier deployment of fraud-scorer in dev'),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    expect(
      await screen.findAllByText(/must have required property 'Deployment'/),
    ).not.toHaveLength(0);
  });

  it('reports deployments that cannot be read, and reads them again', async () => {
    platform.respondWithError(
      `${WORKLOAD}/deployments`,
      503,
      'Argo CD did not respond.',
    );
    openForm(rollBack, { ...names, environment: 'dev' });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Argo CD did not respond.',
    );

    platform.respond(`${WORKLOAD}/deployments`, history);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('button', { name: /Deployment/ }),
    ).toBeVisible();
  });
});

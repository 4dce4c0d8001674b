import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import homePlugin from '@backstage/plugin-home/alpha';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import searchPlugin from '@backstage/plugin-search/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import mlPlatformPlugin from '@internal/plugin-ml-platform';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import App from './App';

const BACKEND = 'http://localhost:7007/api';

const config = {
  app: {
    title: 'ML Platform',
    baseUrl: 'http://localhost',
    packages: 'all',
    extensions: [{ 'page:home': { config: { path: '/' } } }],
  },
  backend: { baseUrl: 'http://localhost:7007' },
  mlPlatform: { sandbox: true },
  auth: {
    providers: {
      sandbox: {
        personas: [
          {
            user: 'ml-engineer',
            title: 'ML engineer',
            description: 'Deploys model services.',
          },
        ],
      },
    },
  },
};

function session(user: string, title: string) {
  const userEntityRef = `user:default/${user}`;
  return {
    profile: { displayName: title },
    backstageIdentity: {
      token: `token-of-${user}`,
      expiresInSeconds: 3600,
      identity: {
        type: 'user',
        userEntityRef,
        ownershipEntityRefs: [userEntityRef, 'group:default/app-ml-team'],
      },
    },
  };
}

const component = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'feature-api',
    namespace: 'default',
    annotations: {
      'ml-platform.io/team': 'app-ml-team',
      'ml-platform.io/workload': 'feature-api',
    },
  },
  spec: { type: 'service', owner: 'group:default/app-ml-team' },
};

function counts(some: Record<string, number>) {
  return {
    healthy: 0,
    progressing: 0,
    waiting: 0,
    degraded: 0,
    suspended: 0,
    missing: 0,
    unknown: 0,
    ...some,
  };
}

const freshness = { stale: false, problems: [] };

const teams = {
  items: [
    {
      team: 'app-ml-team',
      workloads: 2,
      counts: counts({ healthy: 1, degraded: 1 }),
      environments: [],
      problems: [
        {
          workload: 'feature-api',
          environment: 'prod',
          state: 'degraded',
          reason: { code: 'crash-loop', text: 'Out of memory (exit 137).' },
        },
      ],
    },
  ],
  total: 1,
  freshness,
};

const platform = {
  sandbox: true,
  forgeUrl: 'http://127.0.0.1:7010/acme/platform/pulls',
  environments: [],
  requestableTeams: [],
};

describe('App', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  let tokens: Set<string | null>;

  beforeEach(() => {
    tokens = new Set();
    window.localStorage.clear();
    window.history.pushState({}, '', '/');
    Object.assign(window, {
      __APP_CONFIG__: config,
      '__@backstage/discovered__': {
        modules: [
          catalogPlugin,
          homePlugin,
          notificationsPlugin,
          scaffolderPlugin,
          searchPlugin,
          signalsPlugin,
          userSettingsPlugin,
          mlPlatformPlugin,
        ].map(feature => ({ name: 'discovered', default: feature })),
      },
    });
    server.use(
      http.get(`${BACKEND}/auth/sandbox/refresh`, ({ request }) => {
        const user = new URL(request.url).searchParams.get('persona') ?? '';
        return HttpResponse.json(session(user, 'ML engineer'));
      }),
      http.get(`${BACKEND}/ml-platform/platform`, ({ request }) => {
        tokens.add(request.headers.get('Authorization'));
        return HttpResponse.json(platform);
      }),
      http.get(`${BACKEND}/ml-platform/teams`, () => HttpResponse.json(teams)),
      http.get(`${BACKEND}/ml-platform/change-requests`, () =>
        HttpResponse.json({ items: [], total: 0, freshness }),
      ),
      http.get(`${BACKEND}/ml-platform/runs`, () =>
        HttpResponse.json({ items: [], total: 0, freshness }),
      ),
      http.get(`${BACKEND}/catalog/entities/by-query`, () =>
        HttpResponse.json({ items: [component], totalItems: 1, pageInfo: {} }),
      ),
      http.post(`${BACKEND}/catalog/entities/by-refs`, () =>
        HttpResponse.json({ items: [component] }),
      ),
      http.post(`${BACKEND}/permission/authorize`, () =>
        HttpResponse.json({ items: [] }),
      ),
      http.all(`${BACKEND}/*`, () => HttpResponse.json({}, { status: 404 })),
    );
  });

  it('signs a persona in and shows what their team runs', async () => {
    render(App.createRoot());

    const personas = await screen.findByRole('list', { name: 'Personas' });
    const engineer = within(personas).getByRole('button', {
      name: 'Sign in as ML engineer',
    });
    expect(engineer).toHaveAccessibleDescription('Deploys model services.');

    await userEvent.tab();
    expect(engineer).toHaveFocus();
    await userEvent.keyboard('{Enter}');

    expect(
      await screen.findByRole('heading', { name: 'Hello, ML engineer' }),
    ).toBeVisible();
    expect(await screen.findByText('Degraded in prod')).toBeVisible();
    expect(screen.getByText('Out of memory (exit 137).')).toBeVisible();
    expect(await screen.findByText('1 degraded')).toBeVisible();
    expect(
      await screen.findByText('No training run waits or runs now.'),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Create an ML service' }),
    ).toHaveAttribute('href', '/create/templates/default/ml-service');
    const label = screen.getByRole('complementary', { name: 'Sandbox' });
    expect(
      within(label).getByRole('link', { name: 'Pull requests' }),
    ).toHaveAttribute('href', platform.forgeUrl);
    const sidebar = screen.getByRole('navigation', { name: 'sidebar nav' });
    for (const name of [
      'Home',
      'Catalog',
      'Create',
      'Requests',
      'Platform',
      'Security',
      'Cost',
      'Settings',
    ]) {
      expect(within(sidebar).getByRole('link', { name })).toBeVisible();
    }
    expect([...tokens]).toEqual(['Bearer token-of-ml-engineer']);
  });
});

import type { IdentityApi } from '@backstage/frontend-plugin-api';
import {
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { PersonaSignIn } from './PersonaSignIn';

const REFRESH = 'http://localhost:7007/api/auth/sandbox/refresh';

const personas = [
  { user: 'ml-engineer', title: 'ML engineer', description: 'Deploys models.' },
  { user: 'team-lead', title: 'Team lead', description: 'Leads the ML team.' },
];

function session(user: string, token: string, expiresInSeconds: number) {
  const userEntityRef = `user:default/${user}`;
  return {
    profile: { displayName: user },
    backstageIdentity: {
      token,
      expiresInSeconds,
      identity: {
        type: 'user',
        userEntityRef,
        ownershipEntityRefs: [userEntityRef],
      },
    },
  };
}

describe('PersonaSignIn', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  let identity: IdentityApi | undefined;

  beforeEach(() => {
    window.localStorage.clear();
    identity = undefined;
  });
  afterEach(() => jest.restoreAllMocks());

  function renderPage(mlPlatform: { sandbox?: boolean } = {}) {
    renderInTestApp(
      <PersonaSignIn
        onSignInSuccess={signedIn => {
          identity = signedIn;
        }}
      />,
      {
        config: {
          app: { title: 'ML Platform', baseUrl: 'http://localhost:3000' },
          backend: { baseUrl: 'http://localhost:7007' },
          auth: { providers: { sandbox: { personas } } },
          mlPlatform,
        },
      },
    );
  }

  it.each([
    [true, 'This is the sandbox'],
    [false, 'reachable only from this machine'],
  ])('explains the environment: sandbox %s', async (sandbox, text) => {
    renderPage({ sandbox });
    expect(await screen.findByText(new RegExp(text))).toBeVisible();
  });

  it('remembers the persona until sign-out', async () => {
    server.use(
      http.get(REFRESH, () =>
        HttpResponse.json(session('team-lead', 'token', 3600)),
      ),
    );
    renderPage();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Sign in as Team lead' }),
    );
    await waitFor(() => expect(identity).toBeDefined());

    identity = undefined;
    renderPage();
    await waitFor(() => expect(identity).toBeDefined());
    await expect(identity!.getBackstageIdentity()).resolves.toMatchObject({
      userEntityRef: 'user:default/team-lead',
    });

    await identity!.signOut();
    identity = undefined;
    renderPage();
    await screen.findAllByRole('button', { name: 'Sign in as Team lead' });
    expect(identity).toBeUndefined();
  });

  it('renews the token before it expires', async () => {
    let count = 0;
    server.use(
      http.get(REFRESH, () => {
        count += 1;
        return HttpResponse.json(
          session('ml-engineer', `token-${count}`, 3600),
        );
      }),
    );
    renderPage();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Sign in as ML engineer' }),
    );
    await waitFor(() => expect(identity).toBeDefined());
    await expect(identity!.getCredentials()).resolves.toEqual({
      token: 'token-1',
    });

    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 56 * 60_000);
    await expect(
      Promise.all([identity!.getCredentials(), identity!.getCredentials()]),
    ).resolves.toEqual([{ token: 'token-2' }, { token: 'token-2' }]);
  });

  it('says why nobody could be signed in, and lets them try again', async () => {
    server.use(
      http.get(REFRESH, () =>
        HttpResponse.json(
          {
            error: { name: 'Error', message: 'The catalog is starting.' },
            response: { statusCode: 503 },
          },
          { status: 503 },
        ),
      ),
    );
    window.localStorage.setItem('ml-platform-persona', 'team-lead');
    renderPage();

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Sign-in failedThe catalog is starting.',
    );
    expect(
      screen.getByRole('button', { name: 'Sign in as Team lead' }),
    ).toBeEnabled();
    expect(identity).toBeUndefined();
  });
});

import {
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { githubAuthApiRef } from '@backstage/core-plugin-api';
import { screen } from '@testing-library/react';
import { setupServer } from 'msw/node';
import { oidcAuthApiRef } from './oidcAuthApi';
import { SignIn } from './SignIn';

const nobody = { getBackstageIdentity: async () => undefined };

describe('SignIn', () => {
  registerMswTestHooks(setupServer());

  function renderPage(providers: object) {
    renderInTestApp(<SignIn onSignInSuccess={() => {}} />, {
      config: {
        app: { title: 'ML Platform', baseUrl: 'http://localhost:3000' },
        backend: { baseUrl: 'http://localhost:7007' },
        auth: { providers },
      },
      apis: [
        [oidcAuthApiRef, nobody],
        [githubAuthApiRef, nobody],
      ],
    });
  }

  it.each([
    [{ oidc: {} }, ['Sign in with your company account']],
    [{ github: {} }, ['Sign in with your GitHub account']],
    [
      { oidc: {}, github: {} },
      ['Sign in with your company account', 'Sign in with your GitHub account'],
    ],
  ])('offers what is configured: %j', async (providers, messages) => {
    renderPage(providers);
    for (const message of messages) {
      expect(await screen.findByText(message)).toBeVisible();
    }
    expect(screen.getAllByText(/Sign in with your/)).toHaveLength(
      messages.length,
    );
    expect(screen.queryByRole('list', { name: 'Personas' })).toBeNull();
  });

  it('offers personas, and then nothing else', async () => {
    const description = 'Deploys models.';
    renderPage({
      sandbox: {
        personas: [{ user: 'ml-engineer', title: 'ML engineer', description }],
      },
      oidc: {},
    });
    expect(await screen.findByText(description)).toBeVisible();
    expect(screen.queryByText(/Sign in with your/)).toBeNull();
  });
});

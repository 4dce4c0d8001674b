import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { oidcAuthApi } from './oidcAuthApi';

/** Signs people in: as a persona, or with the company's OpenID Connect provider. */
export const authModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    oidcAuthApi,
    SignInPageBlueprint.make({
      params: { loader: () => import('./SignIn').then(m => m.SignIn) },
    }),
  ],
});

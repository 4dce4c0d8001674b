import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { AppRootWrapperBlueprint } from '@backstage/plugin-app-react';
import { SandboxLabel } from './SandboxLabel';

/** A wrapper and not an element of the root: it shows when somebody is signed in, who can read the platform's settings. */
export const appModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    AppRootWrapperBlueprint.make({
      name: 'ml-platform-sandbox',
      params: {
        component: ({ children }) => (
          <>
            <SandboxLabel />
            {children}
          </>
        ),
      },
    }),
  ],
});

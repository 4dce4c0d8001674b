import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { AppRootWrapperBlueprint } from '@backstage/plugin-app-react';
import { SandboxLabel } from './SandboxLabel';

/** An app root wrapper rather than an element: it renders after sign-in only, when the platform info can be read. */
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

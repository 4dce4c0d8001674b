import {
  createFrontendFeatureLoader,
  createFrontendPlugin,
} from '@backstage/frontend-plugin-api';
import { RiBrainLine } from '@remixicon/react';
import { apis } from './apis';
import { entityCards } from './entityCards';
import { entityContents } from './entityContents';
import { formFields } from './formFields';
import { homeWidgets } from './homeWidgets';
import { appModule } from './overrides/app';
import { catalogModule } from './overrides/catalog';
import { grafanaModule } from './overrides/grafana';
import { kubernetesModule } from './overrides/kubernetes';
import { pages } from './pages';

/** Pages, entity cards, home widgets and form fields of the ML platform. */
export const mlPlatformPlugin = createFrontendPlugin({
  pluginId: 'ml-platform',
  title: 'ML platform',
  icon: <RiBrainLine />,
  extensions: [
    ...apis,
    ...entityCards,
    ...entityContents,
    ...formFields,
    ...homeWidgets,
    ...pages,
  ],
});

/** The plugin together with its overrides of other plugins, which route their calls through our team-authorised backend. */
export default createFrontendFeatureLoader({
  loader: () => [
    mlPlatformPlugin,
    appModule,
    catalogModule,
    kubernetesModule,
    grafanaModule,
  ],
});

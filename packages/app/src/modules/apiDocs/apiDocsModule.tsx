import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import {
  apiDocsConfigRef,
  defaultDefinitionWidgets,
} from '@backstage/plugin-api-docs';
import { OpenApiDefinition } from './OpenApiDefinition';

const openApi = {
  type: 'openapi',
  title: 'OpenAPI',
  rawLanguage: 'yaml',
  component: (definition: string) => (
    <OpenApiDefinition definition={definition} />
  ),
};
/** Widgets that show no HTML of the definition and send no request; other definitions are shown as text. */
const widgets = [
  openApi,
  ...defaultDefinitionWidgets().filter(({ type }) => type === 'graphql'),
];

/** Shows the APIs of the catalog. Teams write the definitions, and the portal vouches for what is on its pages. */
export const apiDocsModule = createFrontendModule({
  pluginId: 'api-docs',
  extensions: [
    ApiBlueprint.make({
      name: 'config',
      params: defineParams =>
        defineParams({
          api: apiDocsConfigRef,
          deps: {},
          factory: () => ({
            getApiDefinitionWidget: ({ spec }) =>
              widgets.find(({ type }) => type === spec.type),
          }),
        }),
    }),
  ],
});

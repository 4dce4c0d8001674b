import { MarkdownContent } from '@backstage/core-components';
import {
  OpenApiDefinitionWidget,
  type OpenApiDefinitionWidgetProps,
} from '@backstage/plugin-api-docs';
import type { ComponentType } from 'react';

/** Components of Swagger UI that ask for credentials, or show HTML of the definition: its sanitizer allows fields. */
const readOnlyPlugin = {
  wrapComponents: {
    authorizeBtn: () => () => null,
    authorizeOperationBtn: () => () => null,
    auths: () => () => null,
    authorizationPopup: () => () => null,
    Markdown:
      () =>
      ({ source }: { source?: unknown }) =>
        typeof source === 'string' ? (
          <MarkdownContent content={source} />
        ) : null,
  },
};

const SwaggerUi: ComponentType<
  OpenApiDefinitionWidgetProps & { plugins: unknown[] }
> = OpenApiDefinitionWidget;

/**
 * OpenAPI definition to read: nothing asks for credentials, nothing can be sent from the portal's pages, and nothing is
 * loaded from addresses in the definition.
 */
export function OpenApiDefinition({ definition }: { definition: string }) {
  return (
    <SwaggerUi
      definition={definition}
      plugins={[readOnlyPlugin]}
      supportedSubmitMethods={[]}
      requestInterceptor={refuse}
    />
  );
}

function refuse(): never {
  throw new Error('The portal loads nothing that an API definition refers to.');
}

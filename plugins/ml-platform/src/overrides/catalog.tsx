import {
  coreExtensionData,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { Fragment } from 'react';

/** The catalog's list with health, environments and findings. Its page has an input for filters, and none for columns. */
export const catalogModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    catalogPlugin.getExtension('page:catalog').override({
      factory(originalFactory, { inputs, config }) {
        return originalFactory({
          params: {
            loader: async () => {
              const { CatalogList } = await import(
                '../catalogList/CatalogList'
              );
              return (
                <CatalogList
                  pagination={config.pagination}
                  filters={inputs.filters.map(filter => (
                    <Fragment key={filter.node.spec.id}>
                      {filter.get(coreExtensionData.reactElement)}
                    </Fragment>
                  ))}
                />
              );
            },
          },
        });
      },
    }),
  ],
});

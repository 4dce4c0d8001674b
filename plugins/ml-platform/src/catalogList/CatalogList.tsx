import { CatalogTable } from '@backstage/plugin-catalog';
import {
  CatalogIndexPage,
  type CatalogIndexPageProps,
  type CatalogTableColumnsFunc,
} from '@backstage/plugin-catalog/alpha';
import { EnvironmentsCell, FindingsCell, HealthCell } from './cells';
import {
  ShownWorkloads,
  WorkloadStatesProvider,
} from './WorkloadStatesContext';

/** Kinds that can be workloads. */
const KINDS = ['component', 'resource'];

const columns: CatalogTableColumnsFunc = context => {
  const { filters, entities } = context;
  const kind = entities[0]?.kind ?? filters.kind?.value ?? '';
  if (!KINDS.includes(kind.toLocaleLowerCase('en-US'))) {
    return CatalogTable.defaultColumnsFunc(context);
  }
  return [
    CatalogTable.columns.createTitleColumn({ hidden: true }),
    CatalogTable.columns.createNameColumn({ defaultKind: kind }),
    {
      title: 'Health',
      sorting: false,
      render: ({ entity }) => <HealthCell entity={entity} />,
    },
    {
      title: 'Environments',
      sorting: false,
      render: ({ entity }) => <EnvironmentsCell entity={entity} />,
    },
    {
      title: 'Findings',
      sorting: false,
      render: ({ entity }) => <FindingsCell entity={entity} />,
    },
    CatalogTable.columns.createOwnerColumn(),
    CatalogTable.columns.createSpecTypeColumn({
      hidden: filters.type !== undefined,
    }),
  ];
};

/** The catalog's list, with the state of workloads beside their names. */
export function CatalogList(props: CatalogIndexPageProps) {
  return (
    <WorkloadStatesProvider>
      <CatalogIndexPage
        {...props}
        columns={columns}
        filters={
          <>
            {props.filters}
            <ShownWorkloads />
          </>
        }
      />
    </WorkloadStatesProvider>
  );
}

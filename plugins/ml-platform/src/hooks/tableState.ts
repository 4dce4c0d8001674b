import type { TableProps, TableItem } from '@backstage/ui';

/** State of a table that is kept in the URL, as `useUrlState` has it. */
interface TableFilters {
  sort: string;
  order: string;
  /** From 1. */
  page: string;
}

/** Props of a table that the backend sorts and pages, with its state in the URL. */
export function tableState<T extends TableItem>(options: {
  filters: TableFilters;
  onChange: (change: Partial<TableFilters>) => void;
  total: number;
  pageSize: number;
}): Pick<TableProps<T>, 'sort' | 'pagination'> {
  const { filters, onChange, total, pageSize } = options;
  const page = Number(filters.page);
  const offset = (page - 1) * pageSize;
  const turnTo = (next: number) => onChange({ page: String(next) });
  return {
    sort: {
      descriptor: {
        column: filters.sort,
        direction: filters.order === 'asc' ? 'ascending' : 'descending',
      },
      onSortChange: ({ column, direction }) =>
        onChange({
          sort: String(column),
          order: direction === 'ascending' ? 'asc' : 'desc',
          page: '1',
        }),
    },
    pagination:
      total <= pageSize && page === 1
        ? { type: 'none' }
        : {
            type: 'page',
            pageSize,
            offset,
            totalCount: total,
            hasPreviousPage: page > 1,
            hasNextPage: offset + pageSize < total,
            onPreviousPage: () => turnTo(page - 1),
            onNextPage: () => turnTo(page + 1),
            showPageSizeOptions: false,
          },
  };
}

import { useApi } from '@backstage/core-plugin-api';
import { useTable, type SortDescriptor } from '@backstage/ui';
import {
  findingsQuerySchema,
  type Findings,
  type FindingsQuery,
} from '@internal/plugin-ml-platform-common';
import { useState } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import type { FindingRow } from '../components/findingsColumns';
import { useWorkloadTarget } from './useWorkloadTarget';

export interface FindingsFilter {
  severities: string[];
  fixable: 'all' | 'yes' | 'no';
}

export const NO_FILTER: FindingsFilter = { severities: [], fixable: 'all' };

const PAGE_SIZE = 20;

/** Table state of a workload's findings; the backend searches, filters, sorts and pages them. */
export function useFindingsTable() {
  const client = useApi(mlPlatformApiRef);
  const target = useWorkloadTarget();
  const [latest, setLatest] = useState<Findings>();
  const table = useTable<FindingRow, FindingsFilter>({
    mode: 'offset',
    initialSort: { column: 'severity', direction: 'descending' },
    initialFilter: NO_FILTER,
    paginationOptions: { pageSize: PAGE_SIZE },
    getData: async ({ offset, pageSize, sort, filter, search }) => {
      const findings = await client.getFindings(target, {
        ...filterQuery(filter ?? NO_FILTER),
        ...sortQuery(sort),
        search: search.trim(),
        offset,
        limit: pageSize,
      });
      setLatest(findings);
      return { data: rows(findings, offset), totalCount: findings.total };
    },
  });
  return { ...table, latest };
}

function filterQuery(filter: FindingsFilter): Partial<FindingsQuery> {
  return {
    severity: filter.severities.join(','),
    fixable: { all: undefined, yes: 'true', no: 'false' }[filter.fixable],
  };
}

function sortQuery(sort: SortDescriptor | null): Partial<FindingsQuery> {
  const column = findingsQuerySchema.shape.sort.safeParse(sort?.column);
  return {
    sort: column.data,
    order: sort?.direction === 'ascending' ? 'asc' : 'desc',
  };
}

function rows(findings: Findings, offset: number): FindingRow[] {
  return findings.items.map((item, index) => ({
    ...item,
    id: `${offset + index}`,
    vulnerability: item.id,
  }));
}

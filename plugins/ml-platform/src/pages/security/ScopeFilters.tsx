import { Flex, Select } from '@backstage/ui';
import {
  severitySchema,
  type FindingsSummary,
  type PlatformInfo,
} from '@internal/plugin-ml-platform-common';
import type { ReactNode } from 'react';
import { severityName } from '../../components/severities';
import { SearchFilter } from '../../components/shared/SearchFilter';

interface CommonFilters {
  team: string;
  environment: string;
  search: string;
  /** Comma-separated. Absent where nothing is filtered by severity. */
  severity?: string;
}

/** Filters that the tabs have in common; further ones are its children. */
export function ScopeFilters(props: {
  filters: CommonFilters;
  onChange: (change: Partial<Record<keyof CommonFilters, string>>) => void;
  summary?: FindingsSummary;
  platform?: PlatformInfo;
  searchLabel: string;
  children?: ReactNode;
}) {
  const { filters, onChange, summary, platform, searchLabel } = props;
  return (
    <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
      <Select
        aria-label="Team"
        options={options(
          'All teams',
          (summary?.items ?? []).map(({ team }) => team),
          filters.team,
        )}
        value={filters.team}
        onChange={key => onChange({ team: String(key ?? '') })}
      />
      <Select
        aria-label="Environment"
        options={options(
          'All environments',
          (platform?.environments ?? []).map(({ name }) => name),
          filters.environment,
        )}
        value={filters.environment}
        onChange={key => onChange({ environment: String(key ?? '') })}
      />
      {filters.severity !== undefined && (
        <Select
          aria-label="Severity"
          placeholder="All severities"
          selectionMode="multiple"
          options={severitySchema.options.map(severity => ({
            value: severity,
            label: severityName(severity),
          }))}
          value={filters.severity.split(',').filter(Boolean)}
          onChange={keys => onChange({ severity: keys.map(String).join(',') })}
        />
      )}
      {props.children}
      <SearchFilter
        label={searchLabel}
        value={filters.search}
        onSearch={search => onChange({ search })}
      />
    </Flex>
  );
}

/** The chosen one is there also before the names are read. */
function options(all: string, names: string[], chosen: string) {
  const known = chosen && !names.includes(chosen) ? [...names, chosen] : names;
  return [
    { value: '', label: all },
    ...known.map(name => ({ value: name, label: name })),
  ];
}

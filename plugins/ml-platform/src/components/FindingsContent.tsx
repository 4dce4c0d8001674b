import { Button, Flex, SearchField, Select, Table, Text } from '@backstage/ui';
import {
  hasReport,
  severitySchema,
  type ScannedImage,
} from '@internal/plugin-ml-platform-common';
import { NO_FILTER, useFindingsTable } from '../hooks/useFindingsTable';
import { findingsColumns } from './findingsColumns';
import { IgnoredReports } from './IgnoredReports';
import { ScannedImages } from './ScannedImages';
import { severityName } from './severities';
import { SeverityCounts } from './SeverityCounts';
import { ErrorNotice } from './shared/ErrorNotice';
import { FreshnessNotice } from './shared/FreshnessNotice';

const FIXABLE_OPTIONS = [
  { value: 'all', label: 'With or without a fix' },
  { value: 'yes', label: 'With a fix' },
  { value: 'no', label: 'Without a fix' },
];

/** Entity tab with all vulnerabilities in a workload's running images. */
export function FindingsContent() {
  const { tableProps, filter, search, latest, reload } = useFindingsTable();
  const chosen = filter.value ?? NO_FILTER;
  const filtered =
    search.value !== '' ||
    chosen.severities.length > 0 ||
    chosen.fixable !== 'all';
  const clearFilters = () => {
    filter.onChange(NO_FILTER);
    search.onChange('');
  };
  if (tableProps.error) {
    return (
      <ErrorNotice
        title="Could not load the findings"
        error={tableProps.error}
        onRetry={reload}
      />
    );
  }
  return (
    <Flex direction="column" gap="4">
      {latest && (
        <>
          <SeverityCounts counts={latest.counts} />
          <ScannedImages images={latest.images} />
          <IgnoredReports count={latest.ignoredReports} />
        </>
      )}
      <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }}>
        <SearchField
          aria-label="Search findings"
          placeholder="Search by vulnerability, package or title"
          style={{ flex: '1 1 18rem' }}
          {...search}
        />
        <Select
          aria-label="Severity"
          placeholder="All severities"
          selectionMode="multiple"
          options={severitySchema.options.map(severity => ({
            value: severity,
            label: severityName(severity),
          }))}
          value={chosen.severities}
          onChange={keys =>
            filter.onChange({ ...chosen, severities: keys.map(String) })
          }
        />
        <Select
          aria-label="Fix"
          options={FIXABLE_OPTIONS}
          value={chosen.fixable}
          onChange={key =>
            filter.onChange({
              ...chosen,
              fixable: key === 'yes' || key === 'no' ? key : 'all',
            })
          }
        />
        {filtered && (
          <Button variant="tertiary" onPress={clearFilters}>
            Clear filters
          </Button>
        )}
      </Flex>
      <Table
        {...tableProps}
        columnConfig={findingsColumns}
        emptyState={<Text>{emptyText(filtered, latest?.images ?? [])}</Text>}
      />
      {latest && <FreshnessNotice freshness={latest.freshness} />}
    </Flex>
  );
}

function emptyText(filtered: boolean, images: ScannedImage[]) {
  if (filtered) {
    return 'No findings match. Clear the filters to see all.';
  }
  if (images.length === 0) {
    return 'No images to scan.';
  }
  if (images.some(({ os }) => os?.endOfLife)) {
    return 'Trivy found no vulnerabilities, but an operating system is out of support: that is no all-clear.';
  }
  return images.some(({ report }) => hasReport(report))
    ? 'Trivy found no vulnerabilities in the images it has scanned.'
    : 'No image of this component has been scanned yet. Trivy scans an image a few minutes after it first runs.';
}

import { useApi } from '@backstage/core-plugin-api';
import { Alert, Flex, Skeleton, Text } from '@backstage/ui';
import {
  severitySchema,
  type ImageDifference,
} from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { errorText } from '../../api/errorText';
import type { WorkloadTarget } from '../../api/MlPlatformClient';
import { mlPlatformApiRef } from '../../api/mlPlatformApi';
import { useRequest } from '../../hooks/useRequest';
import { Checks } from '../../preview/Checks';
import { FileList } from '../../preview/FileList';
import { severityName } from '../severities';
import { ErrorNotice } from '../shared/ErrorNotice';

interface PromotionComparisonProps {
  target: WorkloadTarget;
  from: { environment: string; image?: string };
  to: { environment: string; image?: string };
}

/** The exact change that a promotion would make, computed as its form does, and the difference in vulnerabilities. */
export function PromotionComparison(props: PromotionComparisonProps) {
  return (
    <Flex direction="column" gap="4">
      <VulnerabilityDifference {...props} />
      <FileDifference {...props} />
    </Flex>
  );
}

function FileDifference({ target, from, to }: PromotionComparisonProps) {
  const client = useApi(mlPlatformApiRef);
  const { value, error, retry } = useRequest(
    useCallback(
      () =>
        client.preview({
          templateRef: 'template:default/promote',
          values: {
            team: target.team,
            name: target.workload,
            from: from.environment,
            environment: to.environment,
          },
        }),
      [client, target, from.environment, to.environment],
    ),
  );
  if (error) {
    return (
      <ErrorNotice
        title="Could not compute the change"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return (
      <Alert
        role="status"
        status="info"
        isPending
        title="Computing the exact change"
        description="This usually takes a few seconds."
      />
    );
  }
  const { checks, files } = value.report;
  return (
    <>
      <Checks checks={checks.filter(({ status }) => status === 'failed')} />
      {files.length === 0 ? (
        <Text>
          Nothing would change: {to.environment} has everything that is in{' '}
          {from.environment}.
        </Text>
      ) : (
        <FileList files={files} />
      )}
    </>
  );
}

function VulnerabilityDifference({
  target,
  from,
  to,
}: PromotionComparisonProps) {
  const client = useApi(mlPlatformApiRef);
  const [source, running] = [from.image, to.image];
  const isDifferent = Boolean(source && running && source !== running);
  const { value, error, loading } = useRequest(
    useCallback(
      async () =>
        source && running && source !== running
          ? client.getImageDifference({
              team: target.team,
              from: running,
              to: source,
              limit: 1,
            })
          : undefined,
      [client, target, source, running],
    ),
  );
  return (
    <Flex direction="column" gap="1" role="status">
      <Text as="h4" variant="title-x-small">
        Vulnerabilities
      </Text>
      {loading && isDifferent ? (
        <Skeleton height={24} />
      ) : (
        <Text>{differenceText({ from, to, value, error })}</Text>
      )}
    </Flex>
  );
}

function differenceText(options: {
  from: PromotionComparisonProps['from'];
  to: PromotionComparisonProps['to'];
  value: ImageDifference | undefined;
  error: Error | undefined;
}): string {
  const { from, to, value, error } = options;
  if (!from.image || !to.image) {
    const { environment } = from.image ? to : from;
    return `Not comparable: no image runs in ${environment}.`;
  }
  if (from.image === to.image) {
    return 'No difference: the image stays the same.';
  }
  return value
    ? describeDifference(value)
    : `Not comparable. ${error ? errorText(error) : ''}`.trim();
}

/** For example "3 gone, 1 new (1 critical), 41 stay". */
function describeDifference({ counts }: ImageDifference): string {
  const part = (change: keyof typeof counts, verb: string) => {
    const bySeverity = severitySchema.options.filter(
      severity => counts[change][severity] > 0,
    );
    const sum = bySeverity.reduce(
      (total, severity) => total + counts[change][severity],
      0,
    );
    const detail = bySeverity
      .slice(0, 2)
      .map(
        severity =>
          `${counts[change][severity]} ${severityName(severity).toLowerCase()}`,
      );
    return `${sum} ${verb}${sum > 0 ? ` (${detail.join(', ')})` : ''}`;
  };
  return [part('gone', 'gone'), part('new', 'new'), part('kept', 'stay')].join(
    '; ',
  );
}

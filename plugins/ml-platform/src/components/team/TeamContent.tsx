import { RELATION_HAS_MEMBER } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import {
  EntityRefLinks,
  getEntityRelations,
  useEntity,
} from '@backstage/plugin-catalog-react';
import { Flex, Link, Text } from '@backstage/ui';
import {
  formatMoney,
  type TeamCost,
} from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../../api/mlPlatformApi';
import { useLive } from '../../hooks/useLive';
import { LiveContent } from '../shared/LiveContent';
import { PartNotice } from '../shared/PartNotice';
import { SamplePrices } from '../shared/SamplePrices';
import { TeamEnvironments } from './TeamEnvironments';
import { TeamWorkloadsTable } from './TeamWorkloadsTable';
import { useChangeQuotaHref } from './useChangeQuotaHref';

/** Tab of a team: its environments side by side with quota and health, its workloads with runs and findings, its cost and its people. */
export function TeamContent() {
  const { entity } = useEntity();
  const team = entity.metadata.name;
  const client = useApi(mlPlatformApiRef);
  const changeQuotaHref = useChangeQuotaHref(team);
  const topic = `team:${team}`;
  const quota = useLive(
    useCallback(() => client.teamRequests.getQuota(team), [client, team]),
    topic,
  );
  const workloads = useLive(
    useCallback(() => client.teamRequests.getWorkloads(team), [client, team]),
    topic,
  );
  const cost = useLive(
    useCallback(() => client.getTeamCost(team, {}), [client, team]),
    topic,
  );
  return (
    <LiveContent subject="environments" live={quota}>
      {({ environments }) => (
        <Flex direction="column" gap="5">
          <PartNotice subject="workloads" live={workloads} />
          <PartNotice subject="cost" live={cost} />
          <TeamEnvironments
            environments={environments}
            workloads={workloads.value?.items}
            idleQuota={cost.value?.idleQuota ?? []}
            changeQuotaHref={changeQuotaHref}
          />
          {workloads.value && (
            <TeamWorkloadsTable team={team} workloads={workloads.value} />
          )}
          <SamplePrices cost={cost.value} />
          {cost.value?.configured && <Cost team={team} cost={cost.value} />}
          <People />
        </Flex>
      )}
    </LiveContent>
  );
}

function Cost({ team, cost }: { team: string; cost: TeamCost }) {
  return (
    <Text as="p">
      {`${cost.currency} ${formatMoney(
        cost.totals.perMonth,
      )} a month, as requested now. `}
      <Link href={`/ml-platform/cost?team=${encodeURIComponent(team)}`}>
        Cost by workload
      </Link>
    </Text>
  );
}

function People() {
  const { entity } = useEntity();
  const members = getEntityRelations(entity, RELATION_HAS_MEMBER);
  return (
    <section aria-label="People">
      <Text as="h2" variant="title-x-small">
        People
      </Text>
      <Text as="p">
        {members.length === 0 ? (
          'The catalog knows no members of this team.'
        ) : (
          <EntityRefLinks entityRefs={members} defaultKind="user" />
        )}
      </Text>
    </section>
  );
}

import { useApi } from '@backstage/core-plugin-api';
import { Flex, Text, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type {
  WorkloadEnvironment,
  WorkloadObjects,
} from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { z } from 'zod';
import { mlPlatformApiRef } from '../../api/mlPlatformApi';
import { useLive, type Live } from '../../hooks/useLive';
import { useUrlState } from '../../hooks/useUrlState';
import { useWorkload } from '../../hooks/useWorkload';
import { useWorkloadTarget } from '../../hooks/useWorkloadTarget';
import { mostUrgent } from '../environments/mostUrgent';
import { HEALTH_LABELS, HEALTH_TONES } from '../healthStates';
import { LiveContent } from '../shared/LiveContent';
import { Pill } from '../shared/Pill';
import { reasonText } from '../shared/reasonText';
import { Autoscalers } from './Autoscalers';
import { ObjectTree } from './ObjectTree';
import { PodLogSection } from './PodLogSection';

const urlSchema = z.object({
  environment: z.string().catch(''),
  pod: z.string().catch(''),
  container: z.string().catch(''),
  log: z.string().catch(''),
});
/** Another pod has other containers. */
const NO_POD = { pod: '', container: '', log: '' };

/** Tab with the controllers, pods and logs of a workload in one environment. */
export function WorkloadsContent() {
  const live = useWorkload();
  const { value } = live;
  if (!value) {
    return (
      <LiveContent subject="Workloads" live={live}>
        {() => null}
      </LiveContent>
    );
  }
  // The pods below have a notice of their own about age and problems.
  return value.environments.length === 0 ? (
    <Text>
      The platform has no environments yet. Set them in the portal's
      configuration.
    </Text>
  ) : (
    <Environment environments={value.environments} />
  );
}

function Environment({
  environments,
}: {
  environments: WorkloadEnvironment[];
}) {
  const [{ environment: chosen, pod }, change] = useUrlState(urlSchema);
  const selected =
    environments.find(({ environment }) => environment === chosen) ??
    mostUrgent(environments) ??
    environments.find(({ health }) => health.state === 'healthy') ??
    environments[0];
  const live = useObjects(selected.environment);
  const { health } = selected;
  return (
    <Flex direction="column" gap="4">
      <ToggleButtonGroup
        aria-label="Environment"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[selected.environment]}
        onSelectionChange={keys =>
          change({ ...NO_POD, environment: String([...keys][0]) })
        }
      >
        {environments.map(({ environment }) => (
          <ToggleButton key={environment} id={environment}>
            {environment}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <Flex direction="column" gap="1">
        <Flex>
          <Pill tone={HEALTH_TONES[health.state]}>
            {HEALTH_LABELS[health.state]}
          </Pill>
        </Flex>
        {health.reasons.map(reason => (
          <Text as="p" key={reason.text}>
            {reasonText(reason)}
          </Text>
        ))}
      </Flex>
      <LiveContent subject="Pods" live={live}>
        {objects => (
          <Objects
            objects={objects}
            selectedPod={pod}
            onSelectPod={name => change({ ...NO_POD, pod: name })}
          />
        )}
      </LiveContent>
    </Flex>
  );
}

function useObjects(environment: string): Live<WorkloadObjects> {
  const client = useApi(mlPlatformApiRef);
  const target = useWorkloadTarget();
  return useLive(
    useCallback(
      () => client.workloadTabs.getObjects(target, { environment }),
      [client, target, environment],
    ),
    `workload:${target.team}/${target.workload}`,
  );
}

function Objects(props: {
  objects: WorkloadObjects;
  selectedPod: string;
  onSelectPod: (pod: string) => void;
}) {
  const { objects, selectedPod } = props;
  const { namespace, owners, pods, podTotal, environment, cluster } = objects;
  if (owners.length === 0 && pods.length === 0) {
    return (
      <Text color="secondary">
        {namespace
          ? `Nothing of this component is in ${namespace}. Deploy it from the Environments tab.`
          : `The team has no namespace in ${environment}.`}
      </Text>
    );
  }
  return (
    <Flex direction="column" gap="4">
      <Autoscalers autoscalers={objects.autoscalers} />
      <ObjectTree {...props} />
      {podTotal > pods.length && (
        <Text as="p" variant="body-small" color="secondary">
          {pods.length} of {podTotal} pods, those that are not ready first.
        </Text>
      )}
      {namespace && selectedPod && (
        <PodLogSection
          key={selectedPod}
          cluster={cluster}
          namespace={namespace}
          name={selectedPod}
          pod={pods.find(({ name }) => name === selectedPod)}
          onClose={() => props.onSelectPod('')}
        />
      )}
    </Flex>
  );
}

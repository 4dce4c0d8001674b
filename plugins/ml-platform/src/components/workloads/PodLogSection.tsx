import {
  Button,
  Flex,
  Select,
  Text,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import type { WorkloadPod } from '@internal/plugin-ml-platform-common';
import { useEffect, useRef } from 'react';
import { useQueryParam } from '../../hooks/useQueryParam';
import { LogViewer } from '../podLog/LogViewer';

/** Log of a pod, with a choice of the container and of the log before its last restart. */
export function PodLogSection(props: {
  cluster: string;
  namespace: string;
  name: string;
  /** Absent for a pod that is gone, or not in the list: its log may still be there. */
  pod: WorkloadPod | undefined;
  onClose: () => void;
}) {
  const { cluster, namespace, name, pod } = props;
  const [chosen, setChosen] = useQueryParam('container');
  const [shown, setShown] = useQueryParam('log');
  const containers = pod?.containers ?? [];
  const container =
    containers.find(each => each.name === chosen) ??
    containers.find(each => !each.ready && each.lastExit) ??
    containers.findLast(({ role }) => role === 'container');
  const hasPrevious = container?.lastExit?.isPrevious === true;
  // A container that crashed has said why before it restarted.
  const startsWith =
    hasPrevious && container?.state === 'waiting' ? 'previous' : 'now';
  const previous = hasPrevious && (shown || startsWith) === 'previous';
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.scrollIntoView?.({ block: 'start' }), []);
  return (
    <section aria-label={`Log of ${name}`}>
      <Flex direction="column" gap="3">
        <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
          <Text as="h2" variant="title-x-small" ref={heading}>
            Log of {name}
          </Text>
          {containers.length > 1 && (
            <Select
              aria-label="Container"
              size="small"
              options={containers.map(each => ({
                value: each.name,
                label: each.name,
              }))}
              value={container?.name}
              onChange={key => setChosen(String(key))}
            />
          )}
          {hasPrevious && (
            <ToggleButtonGroup
              aria-label="Which log"
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[previous ? 'previous' : 'now']}
              onSelectionChange={keys => setShown(String([...keys][0]))}
            >
              <ToggleButton id="now" size="small">
                Now
              </ToggleButton>
              <ToggleButton id="previous" size="small">
                Before the restart ({container?.lastExit?.text})
              </ToggleButton>
            </ToggleButtonGroup>
          )}
          <Button size="small" variant="tertiary" onPress={props.onClose}>
            Close
          </Button>
        </Flex>
        <LogViewer
          cluster={cluster}
          namespace={namespace}
          pod={name}
          container={container?.name}
          previous={previous}
        />
      </Flex>
    </section>
  );
}

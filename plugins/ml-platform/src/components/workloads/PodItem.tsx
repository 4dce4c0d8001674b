import { Button } from '@backstage/ui';
import type {
  PodContainer,
  WorkloadPod,
} from '@internal/plugin-ml-platform-common';
import { useState } from 'react';
import { formatImage } from '../shared/formatImage';
import { Pill, type Tone } from '../shared/Pill';
import { reasonText } from '../shared/reasonText';
import { timeAgo } from '../shared/time';
import { ObjectEvents } from './ObjectEvents';
import styles from './ObjectTree.module.css';

/** A pod with its state, containers and restarts; opens its log and its events. */
export function PodItem(props: {
  pod: WorkloadPod;
  cluster: string;
  namespace: string;
  isSelected: boolean;
  onSelect: () => void;
}) {
  const { pod, cluster, namespace, isSelected, onSelect } = props;
  const { name, reason, node, createdAt } = pod;
  const [showEvents, setShowEvents] = useState(false);
  const { tone, label } = podState(pod);
  return (
    <div className={styles.pod} data-selected={isSelected}>
      <div className={styles.head}>
        <span className={styles.kind}>Pod</span>
        <span className={styles.name}>{name}</span>
        <Pill tone={tone}>{label}</Pill>
        <Button
          size="small"
          variant="secondary"
          aria-label={`Log of ${name}`}
          onPress={onSelect}
        >
          Log
        </Button>
        <Button
          size="small"
          variant="secondary"
          aria-label={`Events of ${name}`}
          aria-expanded={showEvents}
          onPress={() => setShowEvents(!showEvents)}
        >
          Events
        </Button>
      </div>
      <div className={styles.containers}>
        {reason && <div>{reasonText(reason)}</div>}
        <div>
          {[
            node ? `On node ${node}` : 'No node yet',
            createdAt && `created ${timeAgo(createdAt)}`,
          ]
            .filter(Boolean)
            .join(', ')}
        </div>
        {pod.containers.map(container => (
          <div key={container.name}>{containerText(container)}</div>
        ))}
      </div>
      {showEvents && (
        <ObjectEvents cluster={cluster} namespace={namespace} name={name} />
      )}
    </div>
  );
}

/** The state of a pod as a label: the reason of a container that does not run tells more than the phase. */
function podState(pod: WorkloadPod): { tone: Tone; label: string } {
  const { phase, ready, containers } = pod;
  if (ready && phase !== 'Terminating') return { tone: 'good', label: 'Ready' };
  if (phase === 'Succeeded') return { tone: 'good', label: 'Succeeded' };
  const stuck = containers.find(
    ({ state, reason }) => state === 'waiting' && reason,
  );
  const isFailing =
    phase === 'Failed' || containers.some(({ restarts }) => restarts > 0);
  const tone = isFailing ? 'bad' : 'busy';
  if (phase === 'Running') {
    return { tone, label: stuck?.reason ?? 'Not ready' };
  }
  return { tone, label: (phase === 'Pending' && stuck?.reason) || phase };
}

/** For example "server: fraud-scorer:1.4.2, restarted 14 times, last exit code 137, out of memory 2 minutes ago, cpu 500m of 1". */
function containerText(container: PodContainer): string {
  const { name, role, image, restarts, lastExit, requests, limits } = container;
  const resources = [
    ...new Set([...Object.keys(requests), ...Object.keys(limits)]),
  ].map(resource => {
    const requested = requests[resource];
    const limit = limits[resource];
    return requested === limit || limit === undefined
      ? `${resource} ${requested}${limit === undefined ? ', no limit' : ''}`
      : `${resource} ${requested ?? limit} requested, limit ${limit}`;
  });
  return [
    `${role === 'container' ? '' : `${role} `}${name}: ${
      image ? formatImage(image) : 'no image yet'
    }`,
    restarts > 0 &&
      `restarted ${restarts === 1 ? 'once' : `${restarts} times`}`,
    lastExit &&
      lastExit.exitCode + restarts > 0 &&
      `last ${lastExit.text}${lastExit.at ? ` ${timeAgo(lastExit.at)}` : ''}`,
    ...resources,
  ]
    .filter(Boolean)
    .join('; ');
}

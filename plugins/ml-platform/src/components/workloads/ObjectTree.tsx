import type {
  WorkloadObjects,
  WorkloadOwner,
  WorkloadPod,
} from '@internal/plugin-ml-platform-common';
import { timeAgo } from '../shared/time';
import styles from './ObjectTree.module.css';
import { PodItem } from './PodItem';

interface ObjectTreeProps {
  objects: WorkloadObjects;
  selectedPod: string;
  onSelectPod: (pod: string) => void;
}

/** Controllers and the pods that they own, as a nested list. */
export function ObjectTree(props: ObjectTreeProps) {
  const { owners, pods } = props.objects;
  const ids = new Set(owners.map(({ id }) => id));
  const isTop = ({ owner }: WorkloadOwner | WorkloadPod) =>
    owner === undefined || !ids.has(owner);
  return (
    <ul className={styles.tree} aria-label="Controllers and pods">
      {owners.filter(isTop).map(owner => (
        <Owner key={owner.id} {...props} owner={owner} />
      ))}
      {pods.filter(isTop).map(pod => (
        <Pod key={pod.name} {...props} pod={pod} />
      ))}
    </ul>
  );
}

function Owner(props: ObjectTreeProps & { owner: WorkloadOwner }) {
  const { owner, objects } = props;
  const { id, kind, name, desired, text, createdAt } = owner;
  const owners = objects.owners.filter(each => each.owner === id);
  const pods = objects.pods.filter(each => each.owner === id);
  const details = [
    desired !== undefined &&
      `${desired} ${desired === 1 ? 'pod' : 'pods'} wanted`,
    text?.replace(/\.$/, ''),
    createdAt && `created ${timeAgo(createdAt)}`,
  ].filter(Boolean);
  return (
    <li>
      <div className={styles.owner}>
        <span className={styles.kind}>{kind}</span> {name}
        {details.length > 0 && (
          <span className={styles.kind}> – {details.join(', ')}</span>
        )}
      </div>
      {owners.length + pods.length > 0 && (
        <ul>
          {owners.map(each => (
            <Owner key={each.id} {...props} owner={each} />
          ))}
          {pods.map(pod => (
            <Pod key={pod.name} {...props} pod={pod} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Pod(props: ObjectTreeProps & { pod: WorkloadPod }) {
  const { objects, pod, selectedPod, onSelectPod } = props;
  return (
    <li>
      <PodItem
        pod={pod}
        cluster={objects.cluster}
        namespace={objects.namespace ?? ''}
        isSelected={pod.name === selectedPod}
        onSelect={() => onSelectPod(pod.name)}
      />
    </li>
  );
}

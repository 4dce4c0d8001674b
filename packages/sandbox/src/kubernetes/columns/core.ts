import {
  type KubernetesObject,
  field,
  isFields,
  items,
  text,
} from '../KubernetesObject';
import { formatAge } from '../duration';
import type { Column } from './Column';
import { orNone } from './formats';

// Follows pkg/printers/internalversion of Kubernetes.

const entryCount = (path: string) => (object: KubernetesObject) => {
  const value = field(object, path);
  return isFields(value) ? Object.keys(value).length : 0;
};

export const namespace: Column[] = [['Status', 'status.phase'], 'Age'];

export const configMap: Column[] = [
  ['Data:integer', entryCount('data')],
  'Age',
];

export const secret: Column[] = [
  ['Type', 'type'],
  ['Data:integer', entryCount('data')],
  'Age',
];

export const node: Column[] = [
  [
    'Status',
    object => {
      const ready = items(object, 'status.conditions').find(
        condition => condition.type === 'Ready',
      );
      const state = ready?.status === 'True' ? 'Ready' : 'NotReady';
      return field(object, 'spec.unschedulable')
        ? `${state},SchedulingDisabled`
        : state;
    },
  ],
  [
    'Roles',
    object =>
      orNone(
        Object.keys(object.metadata.labels ?? {})
          .filter(label => label.startsWith('node-role.kubernetes.io/'))
          .map(label => label.split('/')[1])
          .sort(),
      ),
  ],
  'Age',
  ['Version', 'status.nodeInfo.kubeletVersion'],
  ['Internal-IP', nodeAddress('InternalIP'), 'wide'],
  ['External-IP', nodeAddress('ExternalIP'), 'wide'],
  ['OS-Image', 'status.nodeInfo.osImage', 'wide'],
  [
    'Kernel-Version',
    object =>
      `${text(object, 'status.nodeInfo.kernelVersion')} (${text(
        object,
        'status.nodeInfo.architecture',
      )})`,
    'wide',
  ],
  ['Container-Runtime', 'status.nodeInfo.containerRuntimeVersion', 'wide'],
];

function nodeAddress(type: string) {
  return (object: KubernetesObject) =>
    items(object, 'status.addresses').find(address => address.type === type)
      ?.address ?? '<none>';
}

export const event: Column[] = [
  ['Last Seen', (object, now) => formatAge(object.lastTimestamp, now)],
  ['Type', 'type'],
  ['Reason', 'reason'],
  [
    'Object',
    object =>
      `${text(object, 'involvedObject.kind').toLowerCase()}/${text(
        object,
        'involvedObject.name',
      )}`,
  ],
  ['Subobject', 'involvedObject.fieldPath', 'wide'],
  [
    'Source',
    object =>
      [text(object, 'source.component'), text(object, 'source.host')]
        .filter(Boolean)
        .join(', '),
    'wide',
  ],
  ['Message', 'message'],
  [
    'First Seen',
    (object, now) => formatAge(object.firstTimestamp, now),
    'wide',
  ],
  ['Count', 'count', 'wide'],
  ['Name', 'metadata.name', 'wide'],
];

export const resourceQuota: Column[] = [
  ['Request', quotaColumn(false)],
  ['Limit', quotaColumn(true)],
  'Age',
];

function quotaColumn(limits: boolean) {
  return (object: KubernetesObject) => {
    const [hard, used] = ['status.hard', 'status.used'].map(path =>
      field(object, path),
    );
    return Object.keys(isFields(hard) ? hard : {})
      .filter(name => name.startsWith('limits.') === limits)
      .sort()
      .map(
        name =>
          `${name}: ${isFields(used) ? used[name] : 0}/${
            (hard as Record<string, unknown>)[name]
          }`,
      )
      .join(', ');
  };
}

const ACCESS_MODES: Record<string, string> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

export const persistentVolumeClaim: Column[] = [
  ['Status', 'status.phase'],
  ['Volume', 'spec.volumeName'],
  ['Capacity', 'status.capacity.storage'],
  [
    'Access Modes',
    object => {
      const modes = field(object, 'status.accessModes');
      return Array.isArray(modes)
        ? modes.map(mode => ACCESS_MODES[String(mode)]).join(',')
        : '';
    },
  ],
  ['StorageClass', 'spec.storageClassName'],
  [
    'VolumeAttributesClass',
    object => text(object, 'spec.volumeAttributesClassName', '<unset>'),
  ],
  'Age',
  ['VolumeMode', object => text(object, 'spec.volumeMode', '<unset>'), 'wide'],
];

export const podDisruptionBudget: Column[] = [
  ['Min Available', object => text(object, 'spec.minAvailable', 'N/A')],
  ['Max Unavailable', object => text(object, 'spec.maxUnavailable', 'N/A')],
  ['Allowed Disruptions:integer', 'status.disruptionsAllowed'],
  'Age',
];

export const roleBinding: Column[] = [
  [
    'Role',
    object => `${text(object, 'roleRef.kind')}/${text(object, 'roleRef.name')}`,
  ],
  'Age',
  ['Users', subjectNames('User'), 'wide'],
  ['Groups', subjectNames('Group'), 'wide'],
  ['ServiceAccounts', subjectNames('ServiceAccount'), 'wide'],
];

function subjectNames(kind: string) {
  return (object: KubernetesObject) =>
    items(object, 'subjects')
      .filter(subject => subject.kind === kind)
      .map(({ namespace: owner, name }) => (owner ? `${owner}/${name}` : name))
      .join(', ');
}

export const validatingAdmissionPolicy: Column[] = [
  ['Validations:integer', object => items(object, 'spec.validations').length],
  [
    'ParamKind',
    object =>
      field(object, 'spec.paramKind')
        ? `${text(object, 'spec.paramKind.apiVersion')}/${text(
            object,
            'spec.paramKind.kind',
          )}`
        : '<unset>',
  ],
  'Age',
];

export const validatingAdmissionPolicyBinding: Column[] = [
  ['PolicyName', 'spec.policyName'],
  [
    'ParamRef',
    object => {
      if (!field(object, 'spec.paramRef')) {
        return '<unset>';
      }
      const name = text(object, 'spec.paramRef.name');
      return `${text(object, 'spec.paramRef.namespace') || '*'}/${name}`;
    },
  ],
  'Age',
];

export const priorityClass: Column[] = [
  ['Value:integer', 'value'],
  ['Global-Default:boolean', object => object.globalDefault === true],
  'Age',
  ['PreemptionPolicy', 'preemptionPolicy'],
];

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

export const storageClass: Column[] = [
  [
    'Name',
    ({ metadata: { name, annotations } }) =>
      annotations?.[DEFAULT_CLASS] === 'true' ? `${name} (default)` : name,
  ],
  ['Provisioner', 'provisioner'],
  ['ReclaimPolicy', object => text(object, 'reclaimPolicy', 'Delete')],
  [
    'VolumeBindingMode',
    object => text(object, 'volumeBindingMode', 'Immediate'),
  ],
  ['AllowVolumeExpansion', object => object.allowVolumeExpansion === true],
  'Age',
];

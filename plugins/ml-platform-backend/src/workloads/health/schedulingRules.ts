import type { HealthCode } from '@internal/plugin-ml-platform-common';
import { isGpu, PLATFORM_TEAM_ADVICE, resourceName } from './formatting';

/** Cause that keeps the scheduler from placing a pod on some of the nodes. */
export interface SchedulingCause {
  code: HealthCode;
  /** State of these nodes: after "1 of 3 nodes", and after "2 of 3 nodes". */
  nodeState: [singular: string, plural: string];
  advice: string;
  /** Resource of which the pod requests more than is free. */
  resource?: string;
}

interface SchedulingRule {
  /** Matches a part of the scheduler's message. */
  pattern: RegExp;
  cause: (match: RegExpExecArray) => SchedulingCause;
}

const REQUEST_LESS = 'Request less or wait until another workload ends.';

const PRESSURE_RESOURCES: Record<string, string> = {
  disk: 'disk space',
  memory: 'memory',
  pid: 'process IDs',
};

/** Rules for all messages of the scheduler. When several match, the first one is the cause that users can act on best. */
export const SCHEDULING_RULES: SchedulingRule[] = [
  {
    pattern:
      /unbound immediate PersistentVolumeClaims|didn't find available persistent volumes to bind/,
    cause: () => ({
      code: 'volume',
      nodeState: [
        'has no storage for its volume',
        'have no storage for its volume',
      ],
      advice:
        'Its PersistentVolumeClaim is not bound yet. Check the storage class and the size.',
    }),
  },
  {
    pattern:
      /persistentvolumeclaim "([^"]+)" (?:not found|is being deleted)|create the persistentvolumeclaim "([^"]+)"/,
    cause: ([, missing, awaited]) => ({
      code: 'volume',
      nodeState: ['lacks a volume', 'lack a volume'],
      advice: `The PersistentVolumeClaim ${
        missing ?? awaited
      } does not exist. Add it to the workload or correct its name.`,
    }),
  },
  {
    pattern:
      /volume node affinity conflict|bound to non-existent (?:pv|persistentvolume)|binding volumes|exceed max volume count/,
    cause: ([text]) => ({
      code: 'volume',
      nodeState: text.startsWith('exceed')
        ? [
            'has the maximum number of volumes attached',
            'have the maximum number of volumes attached',
          ]
        : ['cannot attach its volume', 'cannot attach its volume'],
      advice: `Its volume is tied to nodes or a zone without room. ${PLATFORM_TEAM_ADVICE}`,
    }),
  },
  {
    pattern: /Insufficient (\S+)/,
    cause: ([, resource]) => insufficientResource(resource),
  },
  {
    pattern: /cannot allocate all claims|resourceclaim|device class/i,
    cause: () => ({
      code: 'no-free-gpu',
      nodeState: [
        'has no matching free device',
        'have no matching free device',
      ],
      advice: REQUEST_LESS,
    }),
  },
  {
    pattern: /Too many pods/,
    cause: () => ({
      code: 'insufficient-resources',
      nodeState: [
        'runs the maximum number of pods',
        'run the maximum number of pods',
      ],
      advice: 'Wait until another workload ends or run fewer pods.',
    }),
  },
  {
    pattern:
      /match Pod's node affinity|match node selector|match Pod's node selector|node affinity\/selector|NodeName|NodeAffinity/,
    cause: () => ({
      code: 'node-selector',
      nodeState: [
        'does not match its node selector or affinity',
        'do not match its node selector or affinity',
      ],
      advice:
        "Check the workload's node selector and affinity: no node with these labels has room.",
    }),
  },
  {
    pattern: /topology spread constraints/,
    cause: () => ({
      code: 'placement',
      nodeState: [
        'has too many of its pods for its topology spread constraints',
        'have too many of its pods for its topology spread constraints',
      ],
      advice: 'Run fewer pods or relax the topology spread constraints.',
    }),
  },
  {
    pattern: /anti-affinity/,
    cause: () => ({
      code: 'placement',
      nodeState: [
        'runs a pod that its anti-affinity excludes',
        'run pods that its anti-affinity excludes',
      ],
      advice: 'Run fewer pods or relax the anti-affinity.',
    }),
  },
  {
    pattern: /pod affinity/,
    cause: () => ({
      code: 'placement',
      nodeState: [
        'lacks the pod that its pod affinity requires',
        'lack the pod that its pod affinity requires',
      ],
      advice: "Check the workload's pod affinity.",
    }),
  },
  {
    pattern: /free ports/,
    cause: () => ({
      code: 'placement',
      nodeState: ['has its host port in use', 'have its host port in use'],
      advice: 'Do not use a host port, or run fewer pods.',
    }),
  },
  {
    pattern:
      /node\.kubernetes\.io\/(not-ready|unreachable|network-unavailable)/,
    cause: () => ({
      code: 'taints',
      nodeState: ['is not ready', 'are not ready'],
      advice: `Wait until the nodes are ready again. ${PLATFORM_TEAM_ADVICE}`,
    }),
  },
  {
    pattern: /node\.kubernetes\.io\/(disk|memory|pid)-pressure/,
    cause: ([, pressure]) => ({
      code: 'taints',
      nodeState: [
        `is running out of ${PRESSURE_RESOURCES[pressure]}`,
        `are running out of ${PRESSURE_RESOURCES[pressure]}`,
      ],
      advice: PLATFORM_TEAM_ADVICE,
    }),
  },
  {
    pattern: /unschedulable/,
    cause: () => ({
      code: 'taints',
      nodeState: [
        'is cordoned for maintenance',
        'are cordoned for maintenance',
      ],
      advice: `Wait until the nodes accept pods again. ${PLATFORM_TEAM_ADVICE}`,
    }),
  },
  {
    pattern: /taint(?:\(s\)|s)?(?: \{([^:}]+): ?([^}]*)\})?/,
    cause: ([, key, value]) => {
      const taint = key ? `taint ${key}${value ? `=${value}` : ''}` : 'taint';
      return {
        code: 'taints',
        nodeState: [
          `is reserved for other workloads (${taint})`,
          `are reserved for other workloads (${taint})`,
        ],
        advice:
          'Only workloads with a matching toleration run there. Choose another size or type of node, or ask the platform team.',
      };
    },
  },
];

function insufficientResource(resource: string): SchedulingCause {
  if (isGpu(resource)) {
    return {
      code: 'no-free-gpu',
      resource,
      nodeState: [
        `has too few free ${resourceName(resource)}`,
        `have too few free ${resourceName(resource)}`,
      ],
      advice: `Request fewer ${resourceName(
        resource,
      )} or wait until another workload releases some.`,
    };
  }
  const name = resource === 'cpu' ? 'CPU' : resourceName(resource);
  return {
    code: insufficientCode(resource),
    resource,
    nodeState: [`has too little free ${name}`, `have too little free ${name}`],
    advice: REQUEST_LESS,
  };
}

function insufficientCode(resource: string): HealthCode {
  switch (resource) {
    case 'cpu':
      return 'insufficient-cpu';
    case 'memory':
      return 'insufficient-memory';
    default:
      return 'insufficient-resources';
  }
}

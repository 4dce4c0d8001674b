import type {
  HealthCode,
  HealthReason,
} from '@internal/plugin-ml-platform-common';
import type { RequestedAmount } from './requestedAmount';
import { asSentence, counted, isGpu, listed, resourceName } from './formatting';

interface Cause {
  code: HealthCode;
  /** After "1 node" and after "3 nodes". */
  words: [string, string];
  advice: string;
  /** What it is that is asked for too much. */
  resource?: string;
}

interface CauseRule {
  pattern: RegExp;
  cause: (match: RegExpExecArray) => Cause;
}

const ASK_FOR_LESS = 'Ask for less, or wait until another workload ends.';
const PLATFORM_TEAM = 'Tell the platform team if this lasts.';

const PRESSURE: Record<string, string> = {
  disk: 'disk space',
  memory: 'memory',
  pid: 'process numbers',
};

/** Of several causes, the one whose rule comes first is what a person can do most about. */
const RULES: CauseRule[] = [
  {
    pattern:
      /unbound immediate PersistentVolumeClaims|didn't find available persistent volumes to bind/,
    cause: () => ({
      code: 'volume',
      words: ['has no disk for its volume', 'have no disk for its volume'],
      advice:
        'Its volume claim has no volume yet. Check the storage class and the size that it asks for.',
    }),
  },
  {
    pattern:
      /persistentvolumeclaim "([^"]+)" (?:not found|is being deleted)|create the persistentvolumeclaim "([^"]+)"/,
    cause: ([, missing, awaited]) => ({
      code: 'volume',
      words: ['lacks a volume', 'lack a volume'],
      advice: `The volume claim ${
        missing ?? awaited
      } does not exist. Add it to the workload, or correct its name.`,
    }),
  },
  {
    pattern:
      /volume node affinity conflict|bound to non-existent pv|binding volumes|exceed max volume count/,
    cause: ([text]) => ({
      code: 'volume',
      words: [
        text.startsWith('exceed')
          ? 'already has as many volumes as it may'
          : 'cannot reach its volume',
        text.startsWith('exceed')
          ? 'already have as many volumes as they may'
          : 'cannot reach its volume',
      ],
      advice: `Its volume is tied to nodes or a zone that have no room. ${PLATFORM_TEAM}`,
    }),
  },
  {
    pattern: /Insufficient (\S+)/,
    cause: ([, resource]) => insufficient(resource),
  },
  {
    pattern: /cannot allocate all claims|resourceclaim|device class/i,
    cause: () => ({
      code: 'no-free-gpu',
      words: ['has no free device that fits', 'have no free device that fits'],
      advice: ASK_FOR_LESS,
    }),
  },
  {
    pattern: /Too many pods/,
    cause: () => ({
      code: 'insufficient-resources',
      words: ['runs as many pods as it may', 'run as many pods as they may'],
      advice: 'Wait until another workload ends, or run fewer pods.',
    }),
  },
  {
    pattern:
      /match Pod's node affinity|match node selector|match Pod's node selector|node affinity\/selector|NodeName|NodeAffinity/,
    cause: () => ({
      code: 'node-selector',
      words: [
        'is not of the kind it asks for (node selector)',
        'are not of the kind it asks for (node selector)',
      ],
      advice:
        'Check the node selector or affinity of the workload: no node has these labels and room.',
    }),
  },
  {
    pattern: /topology spread constraints/,
    cause: () => ({
      code: 'placement',
      words: [
        'has too many of its pods already (spread rule)',
        'have too many of its pods already (spread rule)',
      ],
      advice: 'Run fewer pods, or loosen the spread rule.',
    }),
  },
  {
    pattern: /anti-affinity/,
    cause: () => ({
      code: 'placement',
      words: [
        'runs a pod that it must not share a node with (anti-affinity)',
        'run pods that it must not share a node with (anti-affinity)',
      ],
      advice: 'Run fewer pods, or loosen the anti-affinity.',
    }),
  },
  {
    pattern: /pod affinity/,
    cause: () => ({
      code: 'placement',
      words: [
        'lacks the pod that it must be beside (affinity)',
        'lack the pod that it must be beside (affinity)',
      ],
      advice: 'Check the affinity of the workload.',
    }),
  },
  {
    pattern: /free ports/,
    cause: () => ({
      code: 'placement',
      words: ['has its port in use', 'have its port in use'],
      advice: 'Do not use a host port, or run fewer pods.',
    }),
  },
  {
    pattern:
      /node\.kubernetes\.io\/(not-ready|unreachable|network-unavailable)/,
    cause: () => ({
      code: 'taints',
      words: ['is not ready', 'are not ready'],
      advice: `Wait until nodes are back. ${PLATFORM_TEAM}`,
    }),
  },
  {
    pattern: /node\.kubernetes\.io\/(disk|memory|pid)-pressure/,
    cause: ([, what]) => ({
      code: 'taints',
      words: [`runs out of ${PRESSURE[what]}`, `run out of ${PRESSURE[what]}`],
      advice: PLATFORM_TEAM,
    }),
  },
  {
    pattern: /unschedulable/,
    cause: () => ({
      code: 'taints',
      words: ['is closed for maintenance', 'are closed for maintenance'],
      advice: `Wait until nodes are open again. ${PLATFORM_TEAM}`,
    }),
  },
  {
    pattern: /taint(?:\(s\)|s)?(?: \{([^:}]+): ?([^}]*)\})?/,
    cause: ([, key, value]) => {
      const taint = key ? `taint ${key}${value ? `=${value}` : ''}` : 'taint';
      return {
        code: 'taints',
        words: [
          `is kept for other workloads (${taint})`,
          `are kept for other workloads (${taint})`,
        ],
        advice:
          'Only workloads with a matching toleration run there. Choose another size or kind of node, or ask the platform team.',
      };
    },
  },
];

/**
 * Why the scheduler finds no node for a pod.
 *
 * @param message - of the pod's condition `PodScheduled` or of an event `FailedScheduling`.
 */
export function schedulingReason(message: string, asks: RequestedAmount): HealthReason {
  const { total, parts } = splitMessage(message);
  const found = parts.flatMap(part => {
    const rule = RULES.find(({ pattern }) => pattern.test(part.text));
    const match = rule?.pattern.exec(part.text);
    return rule && match
      ? [{ ...part, rank: RULES.indexOf(rule), cause: rule.cause(match) }]
      : [];
  });
  const [main] = [...found].sort(
    (a, b) => a.rank - b.rank || resourceRank(a.cause) - resourceRank(b.cause),
  );
  if (!main) {
    return {
      code: 'unschedulable',
      text: /no nodes available/i.test(message)
        ? `The cluster has no node that takes workloads. ${PLATFORM_TEAM}`
        : `No node takes it yet: ${asSentence(message)}`,
    };
  }
  const asked = main.cause.resource && asks(main.cause.resource);
  const opening = asked
    ? `Asks for ${asked}, and no node can take it`
    : 'No node can take it';
  const nodes = found
    .filter(({ count }) => count !== undefined)
    .map(({ count = 0, cause }) =>
      counted(
        count,
        `of ${counted(total, 'node', 'nodes')} ${cause.words[0]}`,
        `of ${counted(total, 'node', 'nodes')} ${cause.words[1]}`,
      ),
    );
  const details = nodes.length > 0 ? `: ${listed([...new Set(nodes)])}` : '';
  return {
    code: main.cause.code,
    text: `${opening}${details}. ${main.cause.advice}`,
  };
}

/** `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) …. preemption: …`: what is said of how many nodes. */
function splitMessage(message: string): {
  total: number;
  parts: Array<{ count?: number; text: string }>;
} {
  const match = /^\d+\/(\d+) nodes are available: ([\s\S]*)$/.exec(message);
  const causes = (match?.[2] ?? message)
    .split(/\.?,? (?:no new claims to deallocate|preemption: )/)[0]
    .replace(/\.+$/, '');
  return {
    total: Number(match?.[1] ?? 0),
    parts: causes.split(/, (?=\d+ )/).map(part => {
      const [, count, text] = /^(\d+) ([\s\S]+)$/.exec(part) ?? [];
      return match && count ? { count: Number(count), text } : { text: part };
    }),
  };
}

function insufficient(resource: string): Cause {
  const name = isGpu(resource) ? 'GPUs' : shortName(resource);
  const few = isGpu(resource) ? 'too few free' : 'too little free';
  return {
    code: insufficientCode(resource),
    resource,
    words: [`has ${few} ${name}`, `have ${few} ${name}`],
    advice: isGpu(resource)
      ? 'Ask for fewer GPUs, or wait until another workload gives some back.'
      : ASK_FOR_LESS,
  };
}

function insufficientCode(resource: string): HealthCode {
  if (isGpu(resource)) {
    return 'no-free-gpu';
  }
  switch (resource) {
    case 'cpu':
      return 'insufficient-cpu';
    case 'memory':
      return 'insufficient-memory';
    default:
      return 'insufficient-resources';
  }
}

function shortName(resource: string): string {
  return resource === 'cpu' ? 'CPU' : resourceName(resource);
}

/** A missing GPU explains more than missing memory on the same nodes. */
function resourceRank({ code }: Cause): number {
  return [
    'no-free-gpu',
    'insufficient-memory',
    'insufficient-cpu',
    code,
  ].indexOf(code);
}

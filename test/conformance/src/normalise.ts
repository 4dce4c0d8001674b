/** Patterns of text that differs between runs, with their placeholders. */
const VARYING: Array<[pattern: RegExp, replacement: string]> = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, '<time>'],
  [
    /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g,
    '<uid>',
  ],
  [/\b[0-9a-f]{40}\b/g, '<commit>'],
  [/https?:\/\/(127\.0\.0\.1|localhost):\d+/g, '<forge>'],
  [/\b(127|10)\.\d+\.\d+\.\d+\b/g, '<address>'],
  [/ to (sandbox-)?(cpu|gpu|worker)-\d$/, ' to <node>'],
  // The number of attempts depends on timing.
  [/attempt #\d+ at \d+:\d+[AP]M/, 'attempt #<number> at <clock>'],
  [/^\(combined from similar events\): /, ''],
  // The repo server caches failures.
  [/Manifest generation error \(cached\): /, ''],
];

/** Fields whose values differ between runs, with their placeholders. */
const PLACEHOLDERS: Record<string, string> = {
  'pod-template-hash': '<hash>',
  'controller-revision-hash': '<hash>',
  nodeName: '<node>',
  startedAt: '<time>',
};

/** Lists whose order has no meaning, with the field to sort them by. */
const UNORDERED = { conditions: 'type', resources: 'kind' };

/** Fields that are not compared. */
const IGNORED = new Set([
  // Server-side bookkeeping.
  'managedFields',
  'resourceVersion',
  // Simulated containers have no ID.
  'containerID',
  // The first attempt fails if the namespace does not exist yet.
  'retryCount',
]);

/** The mount of the service account's token, which the portal does not read and the sandbox does not create. */
const TOKEN_VOLUME = /^kube-api-access-/;

/**
 * Returns a copy with placeholders for everything that differs between runs, and with sorted unordered lists.
 *
 * @param generated - prefixes of generated names, for example `web` for the pods and ReplicaSets of `web`
 */
export function normalise(value: unknown, generated: string[] = []): unknown {
  const patterns = [
    ...VARYING,
    ...generated.flatMap(
      (name): Array<[RegExp, string]> => [
        // A ReplicaSet's pod, a CronJob's Job (with its minute) and its pod, a ReplicaSet, a Job's pod.
        [
          new RegExp(`\\b${name}-[a-z0-9]{6,10}-[a-z0-9]{5}\\b`, 'g'),
          `${name}-<hash>-<suffix>`,
        ],
        [new RegExp(`\\b${name}-\\d{8}\\b`, 'g'), `${name}-<minute>`],
        [new RegExp(`\\b${name}-[a-z0-9]{6,10}\\b`, 'g'), `${name}-<hash>`],
        [new RegExp(`\\b${name}-[a-z0-9]{5}\\b`, 'g'), `${name}-<suffix>`],
      ],
    ),
  ];
  return change(value, patterns);
}

function change(value: unknown, patterns: Array<[RegExp, string]>): unknown {
  if (typeof value === 'string') {
    return patterns.reduce(
      (text, [pattern, replacement]) => text.replace(pattern, replacement),
      value,
    );
  }
  if (Array.isArray(value)) {
    return value
      .filter(entry => !TOKEN_VOLUME.test(nameOf(entry)))
      .map(entry => change(entry, patterns));
  }
  if (isFields(value)) {
    return changeFields(value, patterns);
  }
  return value;
}

function changeFields(
  value: Record<string, unknown>,
  patterns: Array<[RegExp, string]>,
): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    if (!IGNORED.has(name)) {
      const placeholder = PLACEHOLDERS[name];
      changed[name] =
        placeholder && typeof entry === 'string'
          ? placeholder
          : change(entry, patterns);
    }
  }
  for (const [name, key] of Object.entries(UNORDERED)) {
    if (Array.isArray(changed[name])) {
      changed[name].sort(by(key));
    }
  }
  for (const name of ['volumes', 'volumeMounts']) {
    if (Array.isArray(changed[name]) && changed[name].length === 0) {
      delete changed[name];
    }
  }
  // Argo CD has no status subresource: every refresh increments the generation.
  if (value.kind === 'Application' && isFields(changed.metadata)) {
    delete changed.metadata.generation;
  }
  return changed;
}

function by(key: string) {
  const text = (entry: unknown) => (isFields(entry) ? String(entry[key]) : '');
  return (one: unknown, other: unknown) => (text(one) < text(other) ? -1 : 1);
}

function nameOf(value: unknown): string {
  return isFields(value) && typeof value.name === 'string' ? value.name : '';
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

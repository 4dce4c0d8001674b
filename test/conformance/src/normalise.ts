/** What differs from one run to the next, by what takes its place. */
const VARYING: Array<[pattern: RegExp, replacement: string]> = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, '<time>'],
  [
    /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g,
    '<uid>',
  ],
  [/\b[0-9a-f]{40}\b/g, '<commit>'],
  [/https?:\/\/(127\.0\.0\.1|localhost):\d+/g, '<forge>'],
  [/\b10\.\d+\.\d+\.\d+\b/g, '<address>'],
];

/** Of every object: who wrote which field is not looked at, and versions are the server's own. */
const LEFT_OUT = new Set(['managedFields', 'resourceVersion']);

/**
 * A copy in which everything that varies from run to run has a name for what it is.
 *
 * @param generated - names that controllers make longer: of the pods and ReplicaSets of `web`, `web`.
 */
export function normalise(value: unknown, generated: string[] = []): unknown {
  const patterns = [
    ...VARYING,
    ...generated.flatMap(
      (name): Array<[RegExp, string]> => [
        // A ReplicaSet's pod, a Job's pod or a ReplicaSet, a CronJob's Job (which is called by its minute).
        [
          new RegExp(`\\b${name}-[a-z0-9]{6,10}-[a-z0-9]{5}\\b`, 'g'),
          `${name}-<hash>-<suffix>`,
        ],
        [
          new RegExp(`\\b${name}-\\d{8}-[a-z0-9]{5}\\b`, 'g'),
          `${name}-<minute>-<suffix>`,
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
    return value.map(entry => change(entry, patterns));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => !LEFT_OUT.has(name))
        .map(([name, entry]) => [
          name,
          name === 'pod-template-hash' || name === 'controller-revision-hash'
            ? '<hash>'
            : change(entry, patterns),
        ]),
    );
  }
  return value;
}

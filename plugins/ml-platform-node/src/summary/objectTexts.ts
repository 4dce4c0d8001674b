import type {
  FieldChange,
  RenderedObject,
} from '@internal/plugin-ml-platform-common';
import { formatList } from '@internal/plugin-ml-platform-common';

/** Fields with a name that people use. The first that matches a path applies; an empty name hides the field. */
const FIELD_NAMES: Array<[RegExp, string]> = [
  [/\bcontainers\[[^\]]+\]\.image$/i, 'image'],
  // The API requires it to equal the limit.
  [/\.requests\["nvidia\.com\/gpu"\]$/, ''],
  [/\.limits\["nvidia\.com\/gpu"\]$/, 'number of GPUs'],
  [/\.resources\.requests\.cpu$/, 'CPU request'],
  [/\.resources\.limits\.cpu$/, 'CPU limit'],
  [/\.resources\.requests\.memory$/, 'memory request'],
  [/\.resources\.limits\.memory$/, 'memory limit'],
  [/^spec\.resources\.requests\.storage$/, 'size'],
  [/^spec\.replicas$/, 'number of replicas'],
  [/^spec\.minReplicas$/, 'smallest number of replicas'],
  [/^spec\.maxReplicas$/, 'largest number of replicas'],
  [/^spec\.parallelism$/, 'number of parallel pods'],
  [/^spec\.schedule$/, 'schedule'],
  [/^spec\.timeZone$/, 'time zone of the schedule'],
];

/** Kinds that reviewers look for, which are named first. */
const FIRST_KINDS = [
  'Deployment',
  'Rollout',
  'StatefulSet',
  'CronJob',
  'Job',
  'Service',
];

/** More objects with other changed fields than this are counted, not named. */
const MAX_NAMED_OBJECTS = 3;

/** A sentence, as the text before and after its environments. */
type Sentence = { environment: string; start: string; end: string };

/** Describes the change of the objects that Kustomize builds, in sentences. Those that hold for several environments become one. */
export function objectTexts(objects: RenderedObject[]): string[] {
  return merged([
    ...counts(objects, 'added', 'Adds'),
    ...objects.flatMap(knownFields),
    ...otherFields(objects),
    ...removals(objects),
  ]);
}

function counts(
  objects: RenderedObject[],
  change: RenderedObject['change'],
  verb: string,
): Sentence[] {
  const matching = objects.filter(object => object.change === change);
  return [...Map.groupBy(matching, ({ environment }) => environment)].map(
    ([environment, members]) => ({
      environment,
      start: `${verb} ${formatList(
        [...Map.groupBy(members, ({ kind }) => kind)]
          .sort(([one], [other]) => rank(one) - rank(other))
          .map(
            ([kind, { length }]) =>
              `${length} ${length === 1 ? kind : plural(kind)}`,
          ),
      )}`,
      end: '.',
    }),
  );
}

/** Names what is removed, unless that is a lot. */
function removals(objects: RenderedObject[]): Sentence[] {
  const removed = objects.filter(({ change }) => change === 'deleted');
  return [...Map.groupBy(removed, ({ environment }) => environment)].flatMap(
    ([environment, members]) =>
      members.length > MAX_NAMED_OBJECTS
        ? counts(members, 'deleted', 'Removes')
        : [
            {
              environment,
              start: `Removes ${formatList(members.map(titleOf))}`,
              end: '.',
            },
          ],
  );
}

function knownFields(object: RenderedObject): Sentence[] {
  const { environment, fields } = object;
  return fields.flatMap(({ path, before, after }) => {
    const name = nameOf(path);
    if (!name) {
      return [];
    }
    const what = `the ${name} of ${titleOf(object)}`;
    if (before === undefined) {
      return [{ environment, start: `Sets ${what}`, end: ` to ${after}.` }];
    }
    return after === undefined
      ? [
          {
            environment,
            start: `Removes ${what}`,
            end: `, which was ${before}.`,
          },
        ]
      : [
          {
            environment,
            start: `Changes ${what}`,
            end: ` from ${before} to ${after}.`,
          },
        ];
  });
}

function otherFields(objects: RenderedObject[]): Sentence[] {
  const affected = objects
    .map(object => ({
      object,
      others: object.fields.filter(({ path }) => nameOf(path) === undefined),
    }))
    .filter(({ others }) => others.length > 0);
  const byEnvironment = Map.groupBy(
    affected,
    ({ object }) => object.environment,
  );
  return [...byEnvironment].flatMap(([environment, members]) =>
    members.length > MAX_NAMED_OBJECTS
      ? [
          {
            environment,
            start: `Changes other fields of ${members.length} objects`,
            end: ', listed below.',
          },
        ]
      : members.map(({ object, others }) => ({
          environment,
          start: `Changes ${describeFields(others)} of ${titleOf(object)}`,
          end: '.',
        })),
  );
}

function describeFields(fields: FieldChange[]): string {
  return fields.length === 1 ? fields[0].path : `${fields.length} other fields`;
}

/** @returns undefined for a field without a name that people use. */
function nameOf(path: string): string | undefined {
  return FIELD_NAMES.find(([pattern]) => pattern.test(path))?.[1];
}

function merged(sentences: Sentence[]): string[] {
  return [
    ...Map.groupBy(sentences, ({ start, end }) => `${start}\0${end}`).values(),
  ].map(same => {
    const [{ start, end }] = same;
    const environments = [
      ...new Set(same.map(({ environment }) => environment).filter(Boolean)),
    ];
    return environments.length > 0
      ? `${start} in ${formatList(environments)}${end}`
      : `${start}${end}`;
  });
}

function titleOf({ kind, name }: RenderedObject): string {
  return `${kind} ${name}`;
}

function rank(kind: string): number {
  const index = FIRST_KINDS.indexOf(kind);
  return index === -1 ? FIRST_KINDS.length : index;
}

function plural(kind: string): string {
  if (/(s|x|ch|sh)$/.test(kind)) {
    return `${kind}es`;
  }
  return /[^aeiou]y$/.test(kind) ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}

import { normalise } from '../normalise';

/** The fields of users and repositories that the portal reads, by a field that identifies the type. */
const COMPARED_FIELDS: Array<[identifier: string, fields: string[]]> = [
  ['login', ['login', 'username']],
  [
    'clone_url',
    [
      'full_name',
      'clone_url',
      'html_url',
      'default_branch',
      'private',
      'empty',
    ],
  ],
];

/** Normalises a response of the forge, and reduces users and repositories to the compared fields. */
export function normaliseResponse(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(normalise(reduce(value)))
      // Numbers depend on the order of the suite's requests.
      .replace(/\/(pulls|issues)\/\d+/g, '/$1/<number>')
      .replace(/"(id|number|repo_id)":\d+/g, '"$1":"<number>"'),
  );
}

function reduce(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reduce);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  const compared = COMPARED_FIELDS.find(([identifier]) => identifier in value);
  return Object.fromEntries(
    (compared
      ? entries.filter(([name]) => compared[1].includes(name))
      : entries
    ).map(([name, entry]) => [name, reduce(entry)]),
  );
}

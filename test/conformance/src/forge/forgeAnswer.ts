import { normalise } from '../normalise';

/** What the portal reads of a person and of a repository; the rest is about pages and settings of Gitea. */
const PARTS: Array<[mark: string, fields: string[]]> = [
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

/** An answer of the forge as it is compared: without what varies, people and repositories reduced to what is read of them. */
export function forgeAnswer(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(normalise(reduced(value)))
      // Numbers are given in the order of the suite's own requests.
      .replace(/\/(pulls|issues)\/\d+/g, '/$1/<number>')
      .replace(/"(id|number|repo_id)":\d+/g, '"$1":"<number>"'),
  );
}

function reduced(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reduced);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  const part = PARTS.find(([mark]) => mark in value);
  return Object.fromEntries(
    (part ? entries.filter(([name]) => part[1].includes(name)) : entries).map(
      ([name, entry]) => [name, reduced(entry)],
    ),
  );
}

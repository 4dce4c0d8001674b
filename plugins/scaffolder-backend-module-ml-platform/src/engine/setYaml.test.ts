import { parse } from 'yaml';
import { setYaml } from './setYaml';

const FILE = `# Changed by promotion and by pipelines.
apiVersion: apps/v1
kind: Deployment
metadata: { name: 'a',  labels: {x: 1} }   # odd   spacing
spec:
    template:
        spec:
            containers:
                - name: server
                  image: "ghcr.io/acme/a:1" # pinned
                - name: proxy
                  image: ghcr.io/acme/proxy:1

# The end.
`;

it('changes one value and no other character', async () => {
  const changed = await setYaml(
    FILE,
    ['spec', 'template', 'spec', 'containers', 0, 'image'],
    'ghcr.io/acme/a@sha256:abc',
  );
  expect(changed).toBe(
    FILE.replace('ghcr.io/acme/a:1', 'ghcr.io/acme/a@sha256:abc'),
  );
  expect(await setYaml(FILE, ['metadata', 'labels', 'x'], 2)).toBe(
    FILE.replace('x: 1', 'x: 2'),
  );
});

it.each([
  ['a: old\n', 'new', 'a: new\n'],
  ['a: old\n', 'yes', 'a: "yes"\n'],
  ['a: old\n', '1.10', 'a: "1.10"\n'],
  ['a: old\n', 'b: c #d', 'a: "b: c #d"\n'],
  ["a: 'old' # x\n", "it's", "a: 'it''s' # x\n"],
  ["a: 'old'\n", 'two\nlines', 'a: "two\\nlines"\n'],
  ['a: "old"', 'x"y', 'a: "x\\"y"'],
  ['a: 1\n', true, 'a: true\n'],
  ['b: 1 # last\n', 'x', 'b: 1 # last\na: "x"\n'],
  ['b:\n  c: 1', 'x', 'b:\n  c: 1\na: "x"\n'],
  ['a:\n', 'x', 'a: x\n'],
  ['a: # empty\n', 'x', 'a: x # empty\n'],
  ['b:\n  c:\n    d: 1\ne: 2\n', 'x', 'b:\n  c:\n    d: 1\ne: 2\na: "x"\n'],
])('sets a in %j to %j', async (text, value, expected) => {
  const changed = await setYaml(text, ['a'], value);
  expect(changed).toBe(expected);
  expect(parse(changed).a).toBe(value);
});

it('adds a key after nested values', async () => {
  expect(
    await setYaml(
      'values:\n  a:\n    b: 1\ntemplate: x\n',
      ['values', 'i'],
      'y',
    ),
  ).toBe('values:\n  a:\n    b: 1\n  i: "y"\ntemplate: x\n');
  expect(
    await setYaml(
      'values:\n  a: |\n    text\ntemplate: x\n',
      ['values', 'i'],
      'y',
    ),
  ).toBe('values:\n  a: |\n    text\n  i: "y"\ntemplate: x\n');
});

it.each<[string, string, Array<string | number>]>([
  ['a: [', 'the file is not valid YAML', ['a']],
  ['a: {b: 1}', 'a is not a single value', ['a']],
  ['x: &x 1\na: *x\n', 'a is not a single value', ['a']],
  ['a: &x 1\nb: *x\n', 'a is used in several places', ['a']],
  [`a: ${'{'.repeat(400)}`, 'nested more than 32 levels', ['a']],
  ['a: |\n  text\n', 'a has several lines', ['a']],
  ['a: [{b: 1}, {b: 2}]', 'a.*.b matches 2 values', ['a', '*', 'b']],
  ['a: 1\n---\na: 2\n', 'a matches 2 values', ['a']],
  ['a: 1', 'b.c is not in the file', ['b', 'c']],
  ['a: 1', '**.c is not in the file', ['**', 'c']],
  ['{a: 1}', 'b is not in the file, and there is no place to add it', ['b']],
])('refuses %j: %s', async (text, message, path) => {
  await expect(setYaml(text, path, 'x')).rejects.toThrow(message);
});

it('finds the only match of a pattern', async () => {
  expect(await setYaml('a: [{b: 1}]', ['*', '*', 'b'], 2)).toBe('a: [{b: 2}]');
  for (const path of [
    ['**', 'b'],
    ['a', '**', 'b'],
    ['**', '*', 'b'],
  ]) {
    expect(await setYaml('a: {x: [{b: 1}]}', path, 2)).toBe('a: {x: [{b: 2}]}');
  }
  await expect(setYaml('a: {b: {b: 1}}', ['**', 'b'], 2)).rejects.toThrow(
    '**.b matches 2 values',
  );
});

import { isDeepStrictEqual } from 'node:util';
import { InputError } from '@backstage/errors';
import { isMap, isScalar, parse, parseDocument, type Node } from 'yaml';
import { setYaml, type YamlScalar } from '../setYaml';

type Value = YamlScalar | { [key: string]: Value };
/** A value to set; `undefined` deletes its key. */
type Edit = { path: string[]; value: Value | undefined };

/**
 * Applies the difference of two generated files to a file that people may have edited since. Every other character stays:
 * comments, order and quotes.
 *
 * @throws InputError where the file is written in a way that leaves no place for the change.
 */
export async function changeYaml(
  text: string,
  files: { recorded: string; next: string; path: string },
): Promise<string> {
  const edits = differences(parse(files.recorded), parse(files.next));
  let changed = text;
  try {
    for (const edit of edits) {
      changed = await applied(changed, edit);
    }
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'InputError') {
      throw error;
    }
    throw new InputError(
      `${files.path} cannot be edited by a form: ${error.message}. Change it in a pull request.`,
    );
  }
  return changed;
}

function differences(before: unknown, after: unknown, path: string[] = []) {
  const [old, next] = [Object(before), Object(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(next)])].flatMap(
    (key): Edit[] => {
      const [one, other] = [old[key], next[key]];
      if (isDeepStrictEqual(one, other)) {
        return [];
      }
      const isObject = (value: unknown) => Object(value) === value;
      return isObject(one) && isObject(other)
        ? differences(one, other, [...path, key])
        : [{ path: [...path, key], value: other }];
    },
  );
}

async function applied(text: string, { path, value }: Edit): Promise<string> {
  const document = parseDocument(text);
  const isThere = document.hasIn(path);
  if (value === undefined) {
    return isThere ? withoutKey(text, path) : text;
  }
  if (typeof value !== 'object') {
    return setYaml(text, path, value);
  }
  return isThere
    ? differences(
        path.reduce((parent, key) => parent?.[key], document.toJS()),
        value,
        path,
      ).reduce(
        async (before, edit) => applied(await before, edit),
        Promise.resolve(text),
      )
    : withKey(text, path, value);
}

/** Adds a mapping, in one line, to the end of a block mapping. */
async function withKey(
  text: string,
  path: string[],
  value: Value,
): Promise<string> {
  const marker = 'ml-platform-place';
  // The place, and the check that nothing else changes, are those of a single value.
  const edited = await setYaml(text, path, marker);
  return edited.replace(`"${marker}"`, () => flow(value));
}

function flow(value: Value): string {
  return typeof value === 'object'
    ? `{ ${Object.entries(value)
        .map(([key, each]) => `${key}: ${flow(each)}`)
        .join(', ')} }`
    : JSON.stringify(value);
}

/** Deletes a key of a block mapping with the lines that it has. */
function withoutKey(text: string, path: string[]): string {
  const document = parseDocument(text);
  const parent = document.getIn(path.slice(0, -1), true);
  const name = path.join('.');
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
    : undefined;
  const start = (pair?.key as Node | undefined)?.range?.[0];
  const end = (pair?.value as Node | null | undefined)?.range?.[2];
  if (
    !isMap(parent) ||
    parent.flow ||
    start === undefined ||
    end === undefined
  ) {
    throw new InputError(`there is no line of ${name} to delete`);
  }
  if (parent.items.length === 1) {
    throw new InputError(`${name} is the last of its kind`);
  }
  const from = text.lastIndexOf('\n', start) + 1;
  const lineEnd = text.indexOf('\n', Math.max(end - 1, start));
  const edited =
    text.slice(0, from) + (lineEnd === -1 ? '' : text.slice(lineEnd + 1));
  document.deleteIn(path);
  const result = parseDocument(edited);
  if (
    result.errors.length > 0 ||
    !isDeepStrictEqual(result.toJS(), document.toJS())
  ) {
    throw new InputError(`${name} cannot be deleted without other changes`);
  }
  return edited;
}

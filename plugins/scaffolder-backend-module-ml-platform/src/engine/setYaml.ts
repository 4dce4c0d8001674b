import { isDeepStrictEqual } from 'node:util';
import { InputError } from '@backstage/errors';
import { yamlLimitProblem } from '@internal/plugin-ml-platform-node';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parse,
  parseAllDocuments,
  type Document,
  type Node,
  type Scalar,
  type YAMLMap,
} from 'yaml';

/** A key of a mapping, an index of a sequence, `*` for any of either, or `**` for any number of these. */
export type PathSegment = string | number;
export type YamlScalar = string | number | boolean;

/**
 * Sets one value in a YAML file, and leaves every other character alone: comments, order and quotes. A key that is missing in
 * an existing block mapping is added after the others.
 *
 * @param path - must match one value in the file
 * @throws InputError when it matches none or several, or something that is not a scalar.
 */
export async function setYaml(
  text: string,
  path: PathSegment[],
  value: YamlScalar,
): Promise<string> {
  const limit = await yamlLimitProblem(text);
  if (limit) {
    throw new InputError(limit.text);
  }
  const documents = parseAllDocuments(text) as Document.Parsed[];
  if (documents.some(({ errors }) => errors.length > 0)) {
    throw new InputError('the file is not valid YAML');
  }
  const place = placeOf(documents, path);
  const edited =
    place.node === undefined
      ? addKey(text, place.parent, path, value)
      : replaceScalar(text, place.node, path, value);
  place.document.setIn(place.keys, value);
  const parsed = parseAllDocuments(edited);
  const isOnlyDifference =
    parsed.every(({ errors }) => errors.length === 0) &&
    isDeepStrictEqual(valuesOf(parsed), valuesOf(documents));
  if (!isOnlyDifference) {
    throw new InputError(
      `${describe(path)} cannot be set without other changes`,
    );
  }
  return edited;
}

/** A value in a document, or a key that is missing in a mapping. */
type Place = { document: Document.Parsed; keys: unknown[] } & (
  | { node: Node }
  | { node?: undefined; parent: YAMLMap }
);

function placeOf(documents: Document.Parsed[], path: PathSegment[]): Place {
  const matches = (searched: PathSegment[]) =>
    documents.flatMap(document =>
      find(document.contents, searched).map(match => ({ document, ...match })),
    );
  const found = matches(path);
  if (found.length > 1) {
    throw new InputError(`${describe(path)} matches ${found.length} values`);
  }
  if (found.length === 1) {
    return found[0];
  }
  const [parent, ...others] = matches(path.slice(0, -1)).filter(({ node }) =>
    isMap(node),
  );
  if (parent === undefined || others.length > 0 || path.some(isPattern)) {
    throw new InputError(`${describe(path)} is not in the file`);
  }
  const { document, node } = parent;
  return { document, keys: path, parent: node as YAMLMap };
}

function valuesOf(documents: readonly Pick<Document, 'toJS'>[]): unknown[] {
  return documents.map(document => document.toJS());
}

interface Match {
  node: Node;
  /** Keys and indexes that lead to it. */
  keys: unknown[];
}

function find(
  node: unknown,
  [segment, ...rest]: PathSegment[],
  keys: unknown[] = [],
): Match[] {
  if (segment === undefined) {
    return [{ node: node as Node, keys }];
  }
  if (segment === '**') {
    const below = entries(node).flatMap(([key, child]) =>
      find(child, [segment, ...rest], [...keys, key]),
    );
    const matches = [...find(node, rest, keys), ...below];
    return [...new Map(matches.map(match => [match.node, match])).values()];
  }
  return entries(node)
    .filter(([key]) => segment === '*' || key === segment)
    .flatMap(([key, value]) =>
      value === null ? [] : find(value, rest, [...keys, key]),
    );
}

function entries(node: unknown): Array<[key: unknown, value: unknown]> {
  if (isMap(node)) {
    return node.items.map(({ key, value }) => [
      isScalar(key) ? key.value : key,
      value,
    ]);
  }
  return isSeq(node) ? node.items.map((item, index) => [index, item]) : [];
}

function replaceScalar(
  text: string,
  node: Node,
  path: PathSegment[],
  value: YamlScalar,
): string {
  const { range } = node;
  if (isAlias(node) || !isScalar(node) || !range) {
    throw new InputError(`${describe(path)} is not a single value`);
  }
  if (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL') {
    throw new InputError(`${describe(path)} has several lines`);
  }
  if (node.anchor) {
    throw new InputError(`${describe(path)} is used in several places`);
  }
  const [start, end] = range;
  const [before, after] = [text.slice(0, start), text.slice(end)];
  // An empty value has no characters of its own.
  const space = start === end && before.endsWith(':') ? ' ' : '';
  const gap = after.startsWith('#') ? ' ' : '';
  return `${before}${space}${encode(value, node)}${gap}${after}`;
}

/** Encodes in the style of the value that is replaced, when that keeps the value. */
function encode(value: YamlScalar, { type }: Scalar): string {
  const json = JSON.stringify(value);
  if (typeof value !== 'string' || type === 'QUOTE_DOUBLE') {
    return json;
  }
  if (type === 'QUOTE_SINGLE' && !/[\p{Cc}]/u.test(value)) {
    return `'${value.replaceAll("'", "''")}'`;
  }
  return isPlain(value) ? value : json;
}

/** True for text that both YAML 1.1, which Kubernetes reads, and 1.2 read as this text, in any place. */
function isPlain(value: string): boolean {
  return (
    /^[A-Za-z0-9./_-][A-Za-z0-9./:@_+-]*$/.test(value) &&
    !value.endsWith(':') &&
    ['1.1', '1.2'].every(
      version => parse(value, { version: version as '1.1' | '1.2' }) === value,
    )
  );
}

function addKey(
  text: string,
  parent: YAMLMap,
  path: PathSegment[],
  value: YamlScalar,
): string {
  const key = String(path.at(-1));
  const last = parent.items.at(-1);
  const end = (last?.value as Node | null | undefined)?.range?.[1];
  const first = (parent.items[0]?.key as Node | undefined)?.range?.[0];
  if (parent.flow || end === undefined || first === undefined) {
    throw new InputError(
      `${describe(path)} is not in the file, and there is no place to add it`,
    );
  }
  const column = first - (text.lastIndexOf('\n', first - 1) + 1);
  // The range of a nested value ends after its line.
  const lineEnd = text.indexOf('\n', text[end - 1] === '\n' ? end - 1 : end);
  const place = lineEnd === -1 ? text.length : lineEnd + 1;
  const before = text.slice(0, place);
  return `${before}${before.endsWith('\n') ? '' : '\n'}${' '.repeat(column)}${
    isPlain(key) ? key : JSON.stringify(key)
  }: ${JSON.stringify(value)}\n${text.slice(place)}`;
}

function isPattern(segment: PathSegment): boolean {
  return segment === '*' || segment === '**';
}

function describe(path: PathSegment[]): string {
  return path.join('.');
}

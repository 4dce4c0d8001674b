import { InputError } from '@backstage/errors';
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
export function setYaml(
  text: string,
  path: PathSegment[],
  value: YamlScalar,
): string {
  const documents = parseAllDocuments(text) as Document.Parsed[];
  if (documents.some(({ errors }) => errors.length > 0)) {
    throw new InputError('the file is not valid YAML');
  }
  const found = documents.flatMap(({ contents }) => find(contents, path));
  if (found.length > 1) {
    throw new InputError(`${describe(path)} matches ${found.length} values`);
  }
  const [node] = found;
  if (node !== undefined) {
    return replaceScalar(text, node, path, value);
  }
  const [parent, ...others] = documents
    .flatMap(({ contents }) => find(contents, path.slice(0, -1)))
    .filter(isMap);
  if (parent === undefined || others.length > 0 || path.some(isPattern)) {
    throw new InputError(`${describe(path)} is not in the file`);
  }
  return addKey(text, parent, path, value);
}

function find(node: unknown, [segment, ...rest]: PathSegment[]): Node[] {
  if (segment === undefined) {
    return [node as Node];
  }
  if (segment === '**') {
    const below = children(node).flatMap(child =>
      find(child, [segment, ...rest]),
    );
    return [...new Set([...find(node, rest), ...below])];
  }
  if (isMap(node)) {
    return node.items
      .filter(
        ({ key }) =>
          segment === '*' || (isScalar(key) && key.value === segment),
      )
      .flatMap(({ value }) => (value === null ? [] : find(value, rest)));
  }
  return isSeq(node)
    ? node.items
        .filter((_, index) => segment === '*' || index === segment)
        .flatMap(item => find(item, rest))
    : [];
}

function children(node: unknown): unknown[] {
  if (isMap(node)) {
    return node.items.map(({ value }) => value);
  }
  return isSeq(node) ? node.items : [];
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
  const [start, end] = range;
  return `${text.slice(0, start)}${encode(value, node)}${text.slice(end)}`;
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
  const lineEnd = text.indexOf('\n', end);
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

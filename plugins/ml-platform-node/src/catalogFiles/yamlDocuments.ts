import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  parseAllDocuments,
} from 'yaml';
import { treeProblem } from './treeProblem';

/** Larger files are not parsed. */
const MAX_BYTES = 256 * 1024;
const MAX_DOCUMENTS = 50;
const MAX_TOKENS = 20_000;
/** Also the limit of `?` keys and of `- - -` on one line: the parser needs seconds for some hundreds of them. */
const MAX_NESTING = 32;

/** A problem of a file. */
export interface FileProblem {
  /** 1 for the first line; absent when the problem is not about a line. */
  line?: number;
  text: string;
}

/** A document of a YAML file: its plain value, or the problem because of which it has none. */
export type YamlDocument =
  | { value: unknown; lineOf(path: string[]): number }
  | { problem: FileProblem };

/**
 * Reads the documents of an untrusted file in bounded time and memory. Documents of one file do not affect each other,
 * except for limits of the whole file, which leave one problem and no value.
 *
 * @see backstage/backstage v1.57 plugins/catalog-node/src/processing/parse.ts for what stock Backstage accepts
 */
export function readYamlDocuments(content: Buffer): YamlDocument[] {
  if (content.length > MAX_BYTES) {
    return [
      {
        problem: {
          text: `The file has ${content.length} bytes; the limit is ${MAX_BYTES}. Move long definitions into files of their own, and name them with "$text".`,
        },
      },
    ];
  }
  const text = content.toString('utf8');
  const limit = limitProblem(text);
  if (limit) {
    return [{ problem: limit }];
  }
  const lines = new LineCounter();
  return parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
  }).map(document => readDocument(document, lines));
}

function readDocument(
  document: Document.Parsed,
  lines: LineCounter,
): YamlDocument {
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const start = lineAt(document.contents?.range[0] ?? document.range[0]);
  const [error] = document.errors;
  if (error) {
    return {
      problem: {
        line: lineAt(error.pos[0]),
        text: `This is not valid YAML: ${error.message}`,
      },
    };
  }
  let value: unknown;
  try {
    value = document.toJSON();
  } catch (failure) {
    // An unresolved alias, or aliases that multiply: the parser counts them.
    return {
      problem: {
        line: start,
        text: `This YAML cannot be read: ${
          failure instanceof Error ? failure.message : failure
        }`,
      },
    };
  }
  const problem = treeProblem(value);
  return problem
    ? { problem: { line: start, text: problem } }
    : {
        // What the catalog would store, without `NaN` and the like.
        value: value === undefined ? null : JSON.parse(JSON.stringify(value)),
        lineOf: path => lineAt(offsetOf(document, path)),
      };
}

/** Offset of the deepest node on the path that exists. */
function offsetOf(document: Document.Parsed, path: string[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? document.range[0];
  for (const key of path) {
    const owner: unknown = isAlias(node) ? node.resolve(document) : node;
    if (isMap(owner)) {
      const pair = owner.items.find(
        item => String(isScalar(item.key) ? item.key.value : item.key) === key,
      );
      offset = (pair?.key as Node | undefined)?.range?.[0] ?? offset;
      node = pair?.value;
    } else if (isSeq(owner)) {
      node = owner.items[Number(key)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else {
      break;
    }
  }
  return offset;
}

/** Finds structure for which the parser's time grows with its square, or worse. The lexer's does not. */
function limitProblem(text: string): FileProblem | undefined {
  const seen = { tokens: 0, lines: 1, documents: 1, explicitKeys: 0 };
  let flow = 0;
  let compact = 0;
  for (const token of new Lexer().lex(text)) {
    seen.tokens += 1;
    seen.lines += token.split('\n').length - 1;
    if (token === '---') {
      seen.documents += 1;
    } else if (token === '[' || token === '{') {
      flow += 1;
    } else if (token === ']' || token === '}') {
      flow -= 1;
    } else if (token === '?') {
      seen.explicitKeys += 1;
    }
    if (token === '-' || token === '?' || token === ':') {
      compact += 1;
    } else if (token.trim() !== '' || token.includes('\n')) {
      compact = 0;
    }
    const limit =
      (seen.tokens > MAX_TOKENS && 'The file has too many parts') ||
      (seen.documents > MAX_DOCUMENTS + 1 &&
        `The file has more than ${MAX_DOCUMENTS} documents`) ||
      (Math.max(flow, compact, seen.explicitKeys) > MAX_NESTING &&
        `This is nested more than ${MAX_NESTING} levels deep`);
    if (limit) {
      return { line: seen.lines, text: `${limit}. Make it smaller.` };
    }
  }
  return undefined;
}

import {
  CST,
  Lexer,
  isScalar,
  LineCounter,
  parseAllDocuments,
  visit,
} from 'yaml';
import { KUBERNETES_YAML } from './kubernetesYaml';

/** YAML that is not read: text of which parsers disagree, or that is too large. */
export interface YamlProblem {
  /** Stable identifier of the rule, for example `yaml-merge-key`. */
  code: string;
  /** 1 for the first line. */
  line: number;
  advice: string;
}

export interface StrictYamlOptions {
  maxBytes: number;
  /** Accepts anchors and aliases. Merge keys are never accepted. */
  aliases: boolean;
  /** Accepts several documents. */
  documents: boolean;
}

const MAX_TOKENS = 50_000;
const MAX_DEPTH = 32;

/**
 * Characters that go-yaml takes for line breaks and our parser does not, so that a comment of ours is content there, and
 * characters that no YAML has.
 */
const FORBIDDEN =
  // eslint-disable-next-line no-control-regex
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd]|\r(?!\n)/;

const TOKENS: Partial<Record<string, [code: string, advice: string]>> = {
  anchor: [
    'yaml-anchor',
    'Anchors are not read. Write the value where it is used.',
  ],
  alias: ['yaml-alias', 'Aliases are not read. Write the value out.'],
};
const NEVER: Partial<Record<string, [code: string, advice: string]>> = {
  tag: ['yaml-tag', 'Tags are not read. Write the value without its tag.'],
  'directive-line': [
    'yaml-directive',
    'Directives are not read. Remove the line that starts with "%".',
  ],
  directive: [
    'yaml-directive',
    'Directives are not read. Remove the line that starts with "%".',
  ],
  'explicit-key-ind': [
    'yaml-explicit-key',
    'Keys after "?" are not read. Write key: value.',
  ],
};

/**
 * Parses YAML in bounded time, and refuses what the parsers of Kubernetes, Kustomize and Argo CD could read in another
 * way than this one: merge keys, tags, directives, keys that occur twice or are not text, and unusual line breaks and
 * document separators.
 *
 * Kustomize and kubectl use go-yaml 2 through sigs.k8s.io/yaml. Argo CD splits a file at lines that start with `---`
 * before it parses YAML, and drops the rest of such a line (k8s.io/apimachinery `pkg/util/yaml`).
 */
export function parseStrictYaml(
  text: string,
  options: StrictYamlOptions,
): { values: unknown[] } | { problem: YamlProblem } {
  const problem = textProblem(text, options) ?? tokenProblem(text, options);
  if (problem) {
    return { problem };
  }
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, {
    ...KUBERNETES_YAML,
    lineCounter,
    prettyErrors: false,
    logLevel: 'error',
  });
  const values = [];
  for (const document of documents) {
    const lineAt = (offset = 0) => lineCounter.linePos(offset).line;
    const [error] = [...document.errors, ...document.warnings];
    if (error) {
      return {
        problem: {
          code:
            error.code === 'DUPLICATE_KEY'
              ? 'yaml-duplicate-key'
              : 'yaml-syntax',
          line: lineAt(error.pos[0]),
          advice: `This is not valid YAML: ${error.message}.`,
        },
      };
    }
    const key = keyProblem(document);
    if (key) {
      return { problem: { ...key.problem, line: lineAt(key.offset) } };
    }
    try {
      values.push(document.toJS({ maxAliasCount: 100 }) as unknown);
    } catch {
      return {
        problem: {
          code: 'yaml-alias',
          line: lineAt(document.range[0]),
          advice:
            'The aliases of this file cannot be resolved. Write the values out.',
        },
      };
    }
  }
  if (!options.documents && values.length > 1) {
    return {
      problem: {
        code: 'yaml-documents',
        line: 1,
        advice:
          'The file has several documents. Write one, without "---" after it.',
      },
    };
  }
  return { values };
}

function textProblem(
  text: string,
  { maxBytes }: StrictYamlOptions,
): YamlProblem | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) {
    return {
      code: 'yaml-size',
      line: 1,
      advice: `The file has ${bytes} bytes; the limit is ${maxBytes}. Make it smaller.`,
    };
  }
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  const character = FORBIDDEN.exec(text);
  if (character) {
    const code = character[0].charCodeAt(0).toString(16).toUpperCase();
    return {
      code: 'yaml-character',
      line: lineOf(character.index),
      advice: `The file contains the character U+${code.padStart(
        4,
        '0',
      )}, which not all programs read alike. Save it as UTF-8 text without control characters, with plain line breaks.`,
    };
  }
  const separator = /^(---(?![ \t]*(#.*)?\r?$)|\.\.\.(?=\s|$)).*/m.exec(text);
  return separator
    ? {
        code: 'yaml-separator',
        line: lineOf(separator.index),
        advice:
          'A line that starts with "---" or "..." separates documents, and not all programs read the rest of it. Write "---" on a line of its own.',
      }
    : undefined;
}

/** Finds refused tokens, and structure for which the parser's time grows with its square. The lexer's does not. */
function tokenProblem(
  text: string,
  { aliases }: StrictYamlOptions,
): YamlProblem | undefined {
  let line = 1;
  let count = 0;
  let flow = 0;
  let compact = 0;
  let previous = '';
  for (const token of new Lexer().lex(text)) {
    const type =
      previous === CST.SCALAR ? 'scalar' : CST.tokenType(token) ?? 'scalar';
    previous = token;
    count += 1;
    const refused = NEVER[type] ?? (aliases ? undefined : TOKENS[type]);
    if (refused) {
      const [code, advice] = refused;
      return { code, line, advice };
    }
    if (type === 'flow-map-start' || type === 'flow-seq-start') {
      flow += 1;
    } else if (type === 'flow-map-end' || type === 'flow-seq-end') {
      flow -= 1;
    }
    if (type === 'seq-item-ind' || type === 'map-value-ind') {
      compact += 1;
    } else if (type !== 'space') {
      compact = 0;
    }
    if (count > MAX_TOKENS || Math.max(flow, compact) > MAX_DEPTH) {
      return {
        code: 'yaml-limit',
        line,
        advice: `The file has more than ${MAX_TOKENS} parts or is nested more than ${MAX_DEPTH} levels deep. Make it smaller.`,
      };
    }
    line += token.split('\n').length - 1;
  }
  return undefined;
}

function keyProblem(document: ReturnType<typeof parseAllDocuments>[number]) {
  let found:
    | { offset: number; problem: { code: string; advice: string } }
    | undefined;
  visit(document, {
    Pair(_, pair, path) {
      const key: unknown = isScalar(pair.key) ? pair.key.value : undefined;
      const offset = isScalar(pair.key) ? pair.key.range?.[0] ?? 0 : 0;
      const problem =
        (key === '<<' || typeof key === 'symbol'
          ? {
              code: 'yaml-merge-key',
              advice: 'Merge keys ("<<") are not read. Write the fields out.',
            }
          : undefined) ??
        (typeof key === 'string'
          ? undefined
          : {
              code: 'yaml-key',
              advice: 'A key is not text. Put it into quotes.',
            }) ??
        (path.length > 2 * MAX_DEPTH
          ? {
              code: 'yaml-limit',
              advice: `This is nested more than ${MAX_DEPTH} levels deep. Make it smaller.`,
            }
          : undefined);
      if (problem) {
        found = { offset, problem };
        return visit.BREAK;
      }
      return undefined;
    },
  });
  return found;
}

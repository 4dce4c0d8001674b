import { CST, Lexer } from 'yaml';

/** YAML that is refused, because parsers read it in different ways or because it is too large. */
export interface YamlProblem {
  /** Stable identifier of the rule, for example `yaml-merge-key`. */
  code: string;
  /** 1 for the first line. */
  line: number;
  advice: string;
}

const MAX_TOKENS = 50_000;
export const MAX_DEPTH = 32;

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
 * Finds text that the parsers of Kubernetes, Kustomize and Argo CD could take apart in another way than ours, and structure
 * for which our parser's time grows with its square.
 *
 * @param options.aliases - accepts anchors and aliases
 */
export function yamlTextProblem(
  text: string,
  options: { aliases: boolean },
): YamlProblem | undefined {
  return characterProblem(text) ?? tokenProblem(text, options);
}

function characterProblem(text: string): YamlProblem | undefined {
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
  { aliases }: { aliases: boolean },
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

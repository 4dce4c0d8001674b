/** One `${{ … }}` of a template. */
export interface Expression {
  text: string;
  /** 1-based. */
  line: number;
  /** Character before `${{`; empty at the start of the file. */
  before: string;
}

const RAW_OR_COMMENT =
  /\{%-?\s*raw\s*-?%\}[\s\S]*?\{%-?\s*endraw\s*-?%\}|\{#[\s\S]*?#\}/g;

/** Finds every `${{ … }}` that the template engine evaluates, i.e. outside of raw blocks and comments. */
export function findExpressions(source: string): Expression[] {
  const evaluated = source.replace(RAW_OR_COMMENT, match =>
    match.replace(/[^\n]/g, ' '),
  );
  const found: Expression[] = [];
  let start = evaluated.indexOf('${{');
  while (start !== -1) {
    const end = closingBraces(evaluated, start + 3);
    found.push({
      text: evaluated
        .slice(start + 3, end)
        .replace(/^-|-$/g, '')
        .trim(),
      line: evaluated.slice(0, start).split('\n').length,
      before: evaluated.charAt(start - 1),
    });
    start = evaluated.indexOf('${{', end);
  }
  return found;
}

/** Splits an expression at its pipes, except in brackets and quotes: a value, then filters. */
export function pipeline(expression: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const { character, quoted } of characters(expression)) {
    depth += quoted ? 0 : bracketStep(character);
    if (character === '|' && depth === 0 && !quoted) {
      parts.push('');
    } else {
      parts[parts.length - 1] += character;
    }
  }
  return parts.map(part => part.trim());
}

/** Names of all filters in an expression, nested ones included. */
export function filterNames(expression: string): string[] {
  const unquoted = [...characters(expression)]
    .map(({ character, quoted }) => (quoted ? ' ' : character))
    .join('');
  return [...unquoted.matchAll(/\|\s*([A-Za-z_][\w.]*)/g)].map(
    ([, name]) => name,
  );
}

/** True for `values.name`, `sizes[values.size].cpu` and `( … )`: a following filter applies to the whole text. */
export function isOperand(text: string): boolean {
  if (/^[A-Za-z_][\w.]*(\[[\w.'"]+\][\w.]*)*$/.test(text)) {
    return true;
  }
  let depth = 0;
  let closedAt = -1;
  let index = 0;
  for (const { character, quoted } of characters(text)) {
    depth += quoted ? 0 : bracketStep(character);
    if (depth === 0 && closedAt === -1) {
      closedAt = index;
    }
    index++;
  }
  return text.startsWith('(') && closedAt === text.length - 1;
}

function closingBraces(source: string, from: number): number {
  let depth = 0;
  let index = from;
  for (const { character, quoted } of characters(source.slice(from))) {
    if (!quoted && depth === 0 && source.startsWith('}}', index)) {
      return index;
    }
    depth += quoted ? 0 : bracketStep(character);
    index++;
  }
  return source.length;
}

function bracketStep(character: string): number {
  if ('([{'.includes(character)) {
    return 1;
  }
  return ')]}'.includes(character) ? -1 : 0;
}

function* characters(text: string) {
  let quote = '';
  let escaped = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    const opensOrInside =
      quote !== '' || character === '"' || character === "'";
    yield { character, quoted: opensOrInside };
    if (quote === '') {
      quote = opensOrInside ? character : '';
    } else if (escaped) {
      escaped = false;
    } else if (character === '\\') {
      escaped = true;
    } else if (character === quote) {
      quote = '';
    }
  }
}

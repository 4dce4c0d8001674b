/**
 * Characters that people do not see, and that change what they do see or what a program reads:
 *
 * - control characters but tabs and ends of lines, of which NUL ends a text in many programs;
 * - marks, embeddings, overrides and isolates that change the direction of the text after them;
 * - separators that Go's YAML takes as the end of a line, zero-width spaces, the byte order mark, tags and noncharacters.
 *
 * Joiners (U+200C, U+200D) belong to scripts and emoji.
 *
 * @see Unicode Standard Annex #9, and Technical Standard #55, "Unicode Source Code Handling"
 */
const UNSAFE_CHARACTER =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\u{e0000}-\u{e007f}]|\r(?!\n)/u;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Validates text that people read in one place and programs in another, for example in YAML and in a pull request.
 *
 * @returns a problem for the person who typed it, or undefined.
 */
export function textProblem(text: string): string | undefined {
  const [unsafe] = UNSAFE_CHARACTER.exec(text) ?? [];
  if (unsafe !== undefined) {
    return `contains the character ${codePointOf(
      unsafe,
    )}, which is invisible or changes the text around it. Remove it; it often comes from text copied from another program.`;
  }
  return LONE_SURROGATE.test(text)
    ? 'contains half of a character (a lone surrogate). Type it again.'
    : undefined;
}

/**
 * Finds the first text in a value, at any depth, that `textProblem` refuses.
 *
 * @returns the path to it, and the problem.
 */
export function findTextProblem(
  value: unknown,
  path: string[] = [],
): { path: string[]; problem: string } | undefined {
  if (typeof value === 'string') {
    const problem = textProblem(value);
    return problem === undefined ? undefined : { path, problem };
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  for (const [key, child] of Object.entries(value)) {
    const problem = textProblem(key);
    const found = problem
      ? { path, problem }
      : findTextProblem(child, [...path, key]);
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** For example `U+202E`. */
function codePointOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

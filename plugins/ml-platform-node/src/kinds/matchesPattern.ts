/**
 * Matches a name against a pattern of an AppProject: a name, a glob, or a regular expression between slashes.
 *
 * @see argoproj/argo-cd v3.5.3 util/glob/list.go, MatchStringInList
 */
export function matchesPattern(pattern: string, name: string): boolean {
  try {
    if (
      /^\/.*\/$/.test(pattern) &&
      new RegExp(pattern.slice(1, -1)).test(name)
    ) {
      return true;
    }
    return globExpression(pattern).test(name);
  } catch {
    // Argo CD matches nothing by a pattern that it cannot compile.
    return false;
  }
}

/** Converts a glob without separators: `*`, `?`, `[a-z]`, `[!a-z]` and `{a,b}`. */
function globExpression(glob: string): RegExp {
  const source = glob.replace(
    /\[!?[^\]]+\]|\{[^}]*\}|\*+|\?|[\\^$.|+()[\]{}/]/g,
    part => {
      switch (part[0]) {
        case '*':
          return '.*';
        case '?':
          return '.';
        case '[':
          return part.length > 2 ? part.replace('[!', '[^') : '\\[';
        case '{':
          return part.length > 1
            ? `(?:${part
                .slice(1, -1)
                .split(',')
                .map(each => globExpression(each).source.slice(1, -1))
                .join('|')})`
            : '\\{';
        default:
          return `\\${part}`;
      }
    },
  );
  return new RegExp(`^${source}$`);
}

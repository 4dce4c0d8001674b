import type { FieldChange } from '@internal/plugin-ml-platform-common';

const MAX_VALUE_LENGTH = 120;

/** Lists the fields that differ between two versions of an object. Items of lists are told apart by their names, if all have one. */
export function fieldChanges(before: unknown, after: unknown): FieldChange[] {
  const previous = leaves(before);
  const current = leaves(after);
  return [...new Set([...previous.keys(), ...current.keys()])]
    .filter(path => previous.get(path) !== current.get(path))
    .map(path => ({
      path,
      before: shortened(previous.get(path)),
      after: shortened(current.get(path)),
    }));
}

/** Values by path, each as text. An empty map or list is a value. */
function leaves(root: unknown): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (value: unknown, path: string) => {
    const children = childrenOf(value);
    if (children.length === 0) {
      found.set(
        path,
        typeof value === 'string' ? value : JSON.stringify(value),
      );
    }
    for (const [segment, child] of children) {
      visit(child, path ? `${path}${segment}` : segment.replace(/^\./, ''));
    }
  };
  visit(root, '');
  return found;
}

function childrenOf(value: unknown): Array<[segment: string, child: unknown]> {
  if (Array.isArray(value)) {
    const names = value.map(item => Object(item).name);
    const isNamed =
      names.every(name => typeof name === 'string') &&
      new Set(names).size === names.length;
    return value.map((item, index) => [
      `[${isNamed ? names[index] : index}]`,
      item,
    ]);
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).map(([key, child]) => [
        /^[A-Za-z][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`,
        child,
      ])
    : [];
}

function shortened(text: string | undefined): string | undefined {
  return text !== undefined && text.length > MAX_VALUE_LENGTH
    ? `${text.slice(0, MAX_VALUE_LENGTH)}…`
    : text;
}

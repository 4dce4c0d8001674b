/** Template parameters of the git directory generator. */
interface PathParameters {
  path: string;
  basename: string;
  basenameNormalized: string;
  segments: string[];
}

/** Computes the parameters of a directory. */
export function pathParameters(path: string): PathParameters {
  const segments = path.split('/');
  const basename = segments[segments.length - 1];
  const basenameNormalized = basename
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  return { path, basename, basenameNormalized, segments };
}

/**
 * Renders all strings of a template. Supports the expressions that the platform's ApplicationSets use:
 * `{{.path.path}}`, `{{.path.basename}}`, `{{.path.basenameNormalized}}` and `{{index .path.segments 4}}`.
 *
 * @throws Error for other expressions.
 */
export function renderTemplate(
  template: unknown,
  parameters: PathParameters,
): unknown {
  if (typeof template === 'string') {
    return template.replace(/\{\{(.*?)\}\}/g, (_, expression: string) =>
      evaluate(expression.trim(), parameters),
    );
  }
  if (Array.isArray(template)) {
    return template.map(value => renderTemplate(value, parameters));
  }
  if (typeof template === 'object' && template !== null) {
    return Object.fromEntries(
      Object.entries(template).map(([name, value]) => [
        renderTemplate(name, parameters),
        renderTemplate(value, parameters),
      ]),
    );
  }
  return template;
}

function evaluate(expression: string, parameters: PathParameters): string {
  const { path, basename, basenameNormalized, segments } = parameters;
  const simple: Record<string, string> = {
    '.path.path': path,
    '.path.basename': basename,
    '.path.basenameNormalized': basenameNormalized,
  };
  const index = /^index \.path\.segments (\d+)$/.exec(expression)?.[1];
  const value =
    index === undefined ? simple[expression] : segments[Number(index)];
  if (value === undefined) {
    throw new Error(
      `failed to execute go template {{${expression}}}: the sandbox cannot evaluate it for ${path}`,
    );
  }
  return value;
}

import type { Config } from '@backstage/config';
import type { Leaf } from './leaves';

/** Mark of app-config.production.yaml for a variable that is not set: `${NAME:-unset.NAME}`. */
const UNSET = /\bunset\.([A-Z][A-Z0-9_]*)/g;

/** Values whose absence Backstage does not refuse. */
const REQUIRED = [
  'app.baseUrl',
  'auth.session.secret',
  'mlPlatform.repository.trailerSecret',
];

/** Separates values whose variable is not set, so that other checks do not report them, too. */
export function partitionUnset(leaves: Leaf[]): {
  unset: Leaf[];
  set: Leaf[];
} {
  const isUnset = ({ value }: Leaf) => String(value).match(UNSET) !== null;
  return {
    unset: leaves.filter(isUnset),
    set: leaves.filter(leaf => !isUnset(leaf)),
  };
}

/** Names each variable that is not set, with the values that need it. */
export function findUnsetVariables(unset: Leaf[]): string[] {
  const pathsByVariable = new Map<string, string[]>();
  for (const { path, value } of unset) {
    for (const [, variable] of String(value).matchAll(UNSET)) {
      const paths = pathsByVariable.get(variable) ?? [];
      pathsByVariable.set(variable, [...paths, path]);
    }
  }
  return [...pathsByVariable].map(
    ([variable, paths]) =>
      `${variable}: this variable is not set. It is for ${paths.join(', ')}.`,
  );
}

export function findMissingValues(config: Config): string[] {
  return REQUIRED.filter(path => !config.getOptional(path)).map(
    path => `${path}: missing. Set it.`,
  );
}

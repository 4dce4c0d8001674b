import type { KubernetesObject } from '../KubernetesObject';

/** A field path, or a function of the object and the current time in milliseconds. */
type ColumnValue =
  | string
  | ((object: KubernetesObject, now: number) => unknown);

/**
 * One printer column of `kubectl get`: its name (with `:integer` or `:boolean` for other types than string), its value,
 * and whether it is shown with `-o wide` only. `'Age'` is the usual age column.
 */
export type Column = 'Age' | [name: string, value: ColumnValue, wide?: 'wide'];

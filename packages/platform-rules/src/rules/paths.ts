import type { Violation } from '../Violation';
import { invalid } from './errors';
import type { Field } from './Field';

/** A path in a volume: relative and without `..`; an absent field is fine. */
export function relativePath(path: Field): Violation[] {
  return [
    ...(path.text?.startsWith('/')
      ? [invalid(path, 'must be a relative path')]
      : []),
    ...noBacksteps(path),
  ];
}

export function noBacksteps(path: Field): Violation[] {
  return path.text?.split('/').includes('..')
    ? [invalid(path, "must not contain '..'")]
    : [];
}

/** A path of a file in a volume, whose first name the kubelet must not use itself. */
export function volumePath(path: Field): Violation[] {
  return [
    ...relativePath(path),
    ...(path.text?.startsWith('..') && !path.text.startsWith('../')
      ? [invalid(path, "must not start with '..'")]
      : []),
  ];
}

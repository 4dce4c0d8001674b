import type { KubernetesObject } from '@internal/platform-rules';
import type { DestructiveChange } from '@internal/plugin-ml-platform-common';

/** Objects that a directory applied before a change, and those that it applies after it, both as Kustomize builds them. */
export interface Comparison {
  /** The directory, relative to the repository's root. */
  path: string;
  /** Owner; undefined for the platform. */
  team?: string;
  /** Undefined for what concerns all environments. */
  environment?: string;
  isProduction: boolean;
  before: KubernetesObject[];
  after: KubernetesObject[];
}

/** One object before and after the change. */
export interface ObjectPair {
  before?: KubernetesObject;
  after?: KubernetesObject;
}

/** An effect that a rule found, as text to follow the kind and name of the object. */
export interface Effect {
  code: DestructiveChange['code'];
  text: string;
}

/** Finds the effects of a change on one object. */
export type ObjectRule = (pair: ObjectPair, comparison: Comparison) => Effect[];

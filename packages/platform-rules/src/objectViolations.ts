import type { KubernetesObject } from './objects/parseObjects';
import { hasRules, ruleViolations } from './rules/kindRules';
import { schemaViolations } from './schemas/schemaViolations';
import type { Violation } from './Violation';

/**
 * Validates an object as the API server does, with the rules that need nothing but the object.
 *
 * @returns undefined for a kind without a schema.
 */
export function objectViolations(
  object: KubernetesObject,
): Violation[] | undefined {
  const violations = schemaViolations(object, !hasRules(object));
  // Rules about values expect fields of the right types.
  return violations?.length === 0 ? ruleViolations(object) : violations;
}

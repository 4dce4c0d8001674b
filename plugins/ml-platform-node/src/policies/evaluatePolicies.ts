import type { ProblemSubject } from '@internal/plugin-ml-platform-common';
import type { AdmissionContext, AdmissionObject } from './admission';
import { toCel } from './celValues';
import type { Bindings, Evaluation, Expression } from './expressions';
import { groupVersionOf, matchesResources, resourceOf } from './matching';
import type { BoundPolicy, CompiledPolicy } from './readPolicies';

export interface PolicyVerdict {
  /** The cluster's message for each failed validation. */
  denials: string[];
  /** Inputs of forms that denials are about, where the policy names one. */
  subjects: Partial<Record<string, ProblemSubject>>;
  /** Matching policies that only the cluster can evaluate, with the reason. */
  clusterOnly: string[];
}

/** The user that creates the objects of the platform repository. */
const ARGO_CD = {
  username: 'system:serviceaccount:argocd:argocd-application-controller',
  groups: [
    'system:serviceaccounts',
    'system:serviceaccounts:argocd',
    'system:authenticated',
  ],
};

/**
 * Evaluates the policies for the creation of an object by Argo CD. Modified objects are treated as created, because a
 * cluster that is rebuilt from Git creates them; only policies that judge changes see what an object was before.
 */
export function evaluatePolicies(
  policies: BoundPolicy[],
  object: AdmissionObject,
  context: AdmissionContext,
): PolicyVerdict {
  const verdict: PolicyVerdict = {
    denials: [],
    subjects: {},
    clusterOnly: [],
  };
  const asNew = bindingsFor(object, { ...context, oldObject: undefined });
  const asChanged = context.oldObject ? bindingsFor(object, context) : asNew;
  for (const { name, policy, unsupported } of policies) {
    if (!policy) {
      verdict.clusterOnly.push(`${name}: ${unsupported}`);
    } else if (
      matchesResources(policy.matchConstraints, object, context) &&
      (!policy.matchResources ||
        matchesResources(policy.matchResources, object, context))
    ) {
      for (const decision of evaluatePolicy(
        policy,
        policy.judgesChanges ? asChanged : asNew,
      )) {
        if (decision.kind === 'denials') {
          verdict.denials.push(decision.evaluateText);
          verdict.subjects[decision.evaluateText] = policy.subject;
        } else {
          verdict.clusterOnly.push(`${name}: ${decision.evaluateText}`);
        }
      }
    }
  }
  return verdict;
}

interface PolicyDecision {
  kind: 'denials' | 'clusterOnly';
  evaluateText: string;
}

function evaluatePolicy(
  policy: CompiledPolicy,
  bindings: Bindings,
): PolicyDecision[] {
  const scope: Bindings = {
    ...bindings,
    params: toCel(policy.parameters),
  };
  for (const condition of policy.matchConditions) {
    const result = condition.expression.evaluate(scope);
    if (result.status !== 'value') {
      return failureDecisions(policy, result);
    }
    if (result.value !== true) {
      return [];
    }
  }

  const variables = new Map<string, Bindings[string]>();
  const broken: Evaluation[] = [];
  const withVariables = { ...scope, variables };
  for (const { name, expression } of policy.variables) {
    const result = expression.evaluate(withVariables);
    if (result.status === 'value') {
      variables.set(name, result.value);
    } else {
      broken.push(result);
    }
  }
  return policy.validations.flatMap(validation => {
    const result = validation.expression.evaluate(withVariables);
    if (result.status === 'value') {
      return result.value === true
        ? []
        : [
            {
              kind: 'denials' as const,
              evaluateText:
                text(validation.messageExpression, withVariables) ??
                validation.message?.trim() ??
                `failed expression: ${validation.source}`,
            },
          ];
    }
    // The validation failed because a variable could not be computed.
    return failureDecisions(policy, broken[0] ?? result);
  });
}

function failureDecisions(
  policy: CompiledPolicy,
  result: Evaluation,
): PolicyDecision[] {
  if (result.status === 'unsupported') {
    return [{ kind: 'clusterOnly', evaluateText: result.message }];
  }
  return result.status === 'error' && policy.failurePolicy === 'Fail'
    ? [
        {
          kind: 'denials',
          evaluateText: `the policy cannot be evaluated for this object (${result.message}).`,
        },
      ]
    : [];
}

function text(
  expression: Expression | undefined,
  bindings: Bindings,
): string | undefined {
  const result = expression?.evaluate(bindings);
  return result?.status === 'value' && typeof result.value === 'string'
    ? result.value
    : undefined;
}

function bindingsFor(
  object: AdmissionObject,
  { namespace, namespaceLabels, oldObject }: AdmissionContext,
): Bindings {
  const { group, version } = groupVersionOf(object.apiVersion);
  return {
    object: toCel(object),
    oldObject: oldObject ? toCel(oldObject) : null,
    request: toCel({
      operation: oldObject ? 'UPDATE' : 'CREATE',
      kind: { group, version, kind: object.kind },
      resource: { group, version, resource: resourceOf(object.kind) },
      name: object.metadata.name,
      namespace,
      userInfo: ARGO_CD,
      dryRun: false,
    }),
    namespaceObject: namespace
      ? toCel({ metadata: { name: namespace, labels: namespaceLabels } })
      : null,
  };
}

import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import type { ProblemSubject } from '@internal/plugin-ml-platform-common';
import { z } from 'zod';
import {
  type KubernetesObject,
  MANIFEST_BYTES,
  parseObjects,
} from '@internal/platform-rules';
import { readText } from '../untrustedFiles';
import { withoutExpiredLines } from './expiringLines';
import { type Expression, compileExpression } from './expressions';
import {
  type Policy,
  type PolicyBinding,
  bindingSchema,
  JUDGES_ANNOTATION,
  policySchema,
  SUBJECT_ANNOTATION,
} from './policySchemas';

const GROUP = 'admissionregistration.k8s.io/';

/** A policy with one of its bindings. */
export interface BoundPolicy {
  name: string;
  /** Undefined when it cannot be evaluated outside a cluster; `unsupported` is the reason. */
  policy?: CompiledPolicy;
  unsupported?: string;
}

export interface CompiledPolicy {
  /** The input of forms that its denials are about. */
  subject?: ProblemSubject;
  /** Compares with the object before the change; other policies judge every object as new. */
  judgesChanges: boolean;
  failurePolicy: Policy['spec']['failurePolicy'];
  matchConstraints: Policy['spec']['matchConstraints'];
  matchResources: PolicyBinding['spec']['matchResources'];
  parameters: unknown;
  matchConditions: Array<{ name: string; expression: Expression }>;
  variables: Array<{ name: string; expression: Expression }>;
  validations: Array<{
    source: string;
    expression: Expression;
    message?: string;
    messageExpression?: Expression;
  }>;
}

/**
 * Reads the ValidatingAdmissionPolicies of a directory with their bindings and parameters. Overlays are not applied, so
 * the policies are those of all clusters.
 *
 * @param now - lines of parameters that expired before this time do not count
 * @returns undefined when the directory does not exist.
 * @throws InputError naming a file that is too large or not valid YAML.
 */
export async function readPolicies(
  root: string,
  directory: string,
  now = new Date(),
): Promise<BoundPolicy[] | undefined> {
  const files = await readdir(path.join(root, directory)).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') {
        return undefined;
      }
      throw error;
    },
  );
  if (!files) {
    return undefined;
  }
  const objects: KubernetesObject[] = [];
  for (const file of files.sort()) {
    if (/\.ya?ml$/.test(file) && !/^kustomization\./i.test(file)) {
      try {
        const text = await readText(
          path.join(root, directory, file),
          MANIFEST_BYTES,
        );
        objects.push(...parseObjects(text));
      } catch (error) {
        throw new InputError(
          `${directory}/${file}: ${
            error instanceof Error ? error.message : error
          }`,
        );
      }
    }
  }
  return bindPolicies(objects, now);
}

/** Combines policies, bindings and parameters. */
export function bindPolicies(
  objects: KubernetesObject[],
  now = new Date(),
): BoundPolicy[] {
  const ofKind = (kind: string) =>
    objects.filter(
      object => object.kind === kind && object.apiVersion.startsWith(GROUP),
    );
  const policies = ofKind('ValidatingAdmissionPolicy');
  return ofKind('ValidatingAdmissionPolicyBinding').flatMap(object => {
    const name = object.metadata.name;
    const binding = bindingSchema.safeParse(object);
    if (!binding.success) {
      return [{ name, unsupported: firstIssue(binding.error) }];
    }
    if (!binding.data.spec.validationActions.includes('Deny')) {
      return [];
    }
    const found = policies.find(
      policy => policy.metadata.name === binding.data.spec.policyName,
    );
    if (!found) {
      return [{ name, unsupported: 'its policy is not in this directory' }];
    }
    const policy = policySchema.safeParse(found);
    return policy.success
      ? [bind(name, policy.data, binding.data, { objects, now })]
      : [{ name, unsupported: firstIssue(policy.error) }];
  });
}

function bind(
  name: string,
  { metadata, spec }: Policy,
  binding: PolicyBinding,
  { objects, now }: { objects: KubernetesObject[]; now: Date },
): BoundPolicy {
  const { paramRef, matchResources } = binding.spec;
  const parameters =
    spec.paramKind &&
    objects.find(
      object =>
        object.apiVersion === spec.paramKind?.apiVersion &&
        object.kind === spec.paramKind.kind &&
        object.metadata.name === paramRef?.name &&
        object.metadata.namespace === paramRef.namespace,
    );
  if (spec.paramKind && !parameters) {
    return { name, unsupported: 'its parameters are not in this directory' };
  }
  const named = (list: Policy['spec']['variables']) =>
    list.map(item => ({
      name: item.name,
      expression: compileExpression(item.expression),
    }));
  return {
    name,
    policy: {
      subject: metadata.annotations?.[SUBJECT_ANNOTATION],
      judgesChanges: metadata.annotations?.[JUDGES_ANNOTATION] === 'changes',
      failurePolicy: spec.failurePolicy,
      matchConstraints: spec.matchConstraints,
      matchResources,
      parameters: parameters && withoutExpiredLines(parameters, now),
      matchConditions: named(spec.matchConditions),
      variables: named(spec.variables),
      validations: spec.validations.map(validation => ({
        source: validation.expression,
        expression: compileExpression(validation.expression),
        message: validation.message,
        messageExpression:
          validation.messageExpression === undefined
            ? undefined
            : compileExpression(validation.messageExpression),
      })),
    },
  };
}

function firstIssue(error: z.ZodError): string {
  const [{ path: field, message }] = error.issues;
  return `${field.join('.')}: ${message}`;
}

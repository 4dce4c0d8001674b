import type { CheckResult } from '@internal/plugin-ml-platform-common';
import { namespaceName } from '@internal/plugin-ml-platform-common';
import type { KubernetesObject } from '../kustomize';
import {
  type AdmissionContext,
  evaluatePolicies,
  type PolicyVerdict,
  readPolicies,
} from '../policies';
import type { EnvironmentBuild } from './builds';
import type { Change } from './Change';
import { skippedCheck } from './checkResult';
import { locationsOf } from './locations';
import { identityOf } from '../kustomize/objectIdentity';
import { objectCheck, objectMessages } from './objectMessages';

export const POLICIES = [
  'policies',
  'The policies of the platform allow the objects',
] as const;

/** Evaluates the platform's policies on the objects, and lists those that only the cluster can evaluate. */
export async function checkPolicies(
  change: Change,
  builds: EnvironmentBuild[],
): Promise<CheckResult[]> {
  const directory = locationsOf(change).policies;
  const policies = await readPolicies(change.root, directory).catch(
    (error: Error) => {
      if (error.name !== 'InputError') {
        throw error;
      }
      return error.message;
    },
  );
  if (typeof policies === 'string') {
    return [skippedCheck(...POLICIES, `Not checked: ${policies}`)];
  }
  if (!policies) {
    return [
      skippedCheck(
        ...POLICIES,
        `There are no policies, because ${directory} does not exist.`,
      ),
    ];
  }
  // Each object once: an evaluation takes milliseconds.
  const verdicts = new Map<KubernetesObject, PolicyVerdict>();
  const verdict = (object: KubernetesObject, build: EnvironmentBuild) => {
    const found =
      verdicts.get(object) ??
      evaluatePolicies(policies, object, admission(change, build, object));
    verdicts.set(object, found);
    return found;
  };
  const clusterOnly = await objectMessages(
    change,
    builds,
    (...target) => verdict(...target).clusterOnly,
  );
  return [
    await objectCheck(...POLICIES, {
      change,
      builds,
      problemsOf: (...target) => {
        const { denials, subjects } = verdict(...target);
        return denials.map(text => ({
          text,
          ...(subjects[text] && { subject: subjects[text] }),
        }));
      },
    }),
    ...(clusterOnly.length > 0
      ? [
          {
            id: 'policies-in-cluster',
            title: 'Checked in the cluster only',
            status: 'cluster-only' as const,
            messages: clusterOnly,
          },
        ]
      : []),
  ];
}

function admission(
  { team }: Change,
  { environment, earlier }: EnvironmentBuild,
  object: KubernetesObject,
): AdmissionContext {
  const namespace = namespaceName(team, environment);
  return {
    namespace,
    oldObject: earlier.get(identityOf(object)),
    namespaceLabels: {
      'kubernetes.io/metadata.name': namespace,
      'ml-platform.io/team': team,
      'ml-platform.io/environment': environment.name,
    },
  };
}

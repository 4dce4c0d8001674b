import type {
  CheckResult,
  Environment,
} from '@internal/plugin-ml-platform-common';
import { namespaceName } from '@internal/plugin-ml-platform-common';
import {
  type AdmissionContext,
  evaluatePolicies,
  readPolicies,
} from '../policies';
import type { EnvironmentBuild } from './builds';
import type { Change } from './Change';
import { checkResult, skippedCheck } from './checkResult';
import { locationsOf } from './locations';
import { objectMessages } from './objectMessages';

const ID = 'policies';
const TITLE = 'The policies of the platform allow the objects';

/** Evaluates the platform's policies on the objects, and lists those that only the cluster can evaluate. */
export async function checkPolicies(
  change: Change,
  builds: EnvironmentBuild[],
): Promise<CheckResult[]> {
  const directory = locationsOf(change).policies;
  const policies = await readPolicies(change.root, directory);
  if (!policies) {
    return [
      skippedCheck(
        ID,
        TITLE,
        `There are no policies, because ${directory} does not exist.`,
      ),
    ];
  }
  const verdicts = (part: 'denials' | 'clusterOnly') =>
    objectMessages(
      change,
      builds,
      (object, { environment }) =>
        evaluatePolicies(policies, object, admission(change, environment))[
          part
        ],
    );
  const clusterOnly = verdicts('clusterOnly');
  return [
    checkResult(ID, TITLE, verdicts('denials')),
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
  environment: Environment,
): AdmissionContext {
  const namespace = namespaceName(team, environment);
  return {
    namespace,
    namespaceLabels: {
      'kubernetes.io/metadata.name': namespace,
      'ml-platform.io/team': team,
      'ml-platform.io/environment': environment.name,
    },
  };
}

import type { CheckResult } from '@internal/plugin-ml-platform-common';
import type { KubernetesObject } from '../../kustomize';
import {
  type AdmissionContext,
  type BoundPolicy,
  evaluatePolicies,
} from '../../policies';
import { type CheckMessage, checkResult, skippedCheck } from '../checkResult';
import { schemaProblems } from '../schemaProblems';
import { buildPart, type PartBuild } from './buildPart';
import {
  comparePart,
  type PartComparison,
  type PlatformContext,
} from './comparePart';

const POLICIES = ['policies', 'The policies of the platform allow it'] as const;
const BUILD = [
  'kustomize-build',
  'It builds, with files of this repository only',
] as const;

/** Builds a kustomization of the platform, checks its objects, and compares them with those before the change. */
export async function checkPlatformPart(
  directory: string,
  context: PlatformContext & { policies: BoundPolicy[] },
): Promise<PartComparison & { title: string }> {
  const { repository, layout, policies } = context;
  const after = await buildPart(directory, repository, layout);
  const { checks, ...compared } = await comparePart(directory, after, context);
  return {
    title: directory,
    checks: [...buildChecks(directory, after, policies), ...checks],
    ...compared,
  };
}

/** The result of the build itself. */
export function partBuildCheck(
  directory: string,
  built: PartBuild,
): CheckResult {
  if ('problem' in built) {
    return checkResult(...BUILD, [{ path: directory, text: built.problem }]);
  }
  return built.isMissing
    ? skippedCheck(...BUILD, 'The change removes it.')
    : checkResult(...BUILD, []);
}

function buildChecks(
  directory: string,
  built: PartBuild,
  policies: BoundPolicy[],
): CheckResult[] {
  return [
    partBuildCheck(directory, built),
    ...('problem' in built || built.isMissing
      ? []
      : objectChecks(directory, built.objects, policies)),
  ];
}

function objectChecks(
  directory: string,
  objects: KubernetesObject[],
  policies: BoundPolicy[],
): CheckResult[] {
  const invalid: CheckMessage[] = [];
  const denied: CheckMessage[] = [];
  const clusterOnly: CheckMessage[] = [];
  for (const object of objects) {
    const about = (text: string) => ({
      path: directory,
      text: `${object.kind} ${object.metadata.name}: ${text}`,
      kind: object.kind,
    });
    const problems = schemaProblems(object);
    if (!problems) {
      clusterOnly.push(
        about(`there is no schema of ${object.apiVersion} here.`),
      );
    }
    invalid.push(...(problems ?? []).map(about));
    const verdict = evaluatePolicies(
      policies,
      object,
      contextOf(object, objects),
    );
    denied.push(...verdict.denials.map(about));
    clusterOnly.push(...verdict.clusterOnly.map(about));
  }
  return [
    checkResult('schemas', 'Objects are valid', invalid),
    policies.length > 0
      ? checkResult(...POLICIES, denied)
      : skippedCheck(...POLICIES, 'There are no policies that can be read.'),
    ...(clusterOnly.length > 0
      ? [
          {
            id: 'in-cluster',
            title: 'Checked in the cluster only',
            status: 'cluster-only' as const,
            messages: clusterOnly,
          },
        ]
      : []),
  ];
}

/** Finds the labels of a namespace in the objects of the same kustomization. */
function contextOf(
  { metadata }: KubernetesObject,
  objects: KubernetesObject[],
): AdmissionContext {
  const { namespace } = metadata;
  const found = objects.find(
    ({ kind, metadata: { name } }) =>
      kind === 'Namespace' && name === namespace,
  );
  return { namespace, namespaceLabels: found?.metadata.labels ?? {} };
}

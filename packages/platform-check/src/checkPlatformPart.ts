import type { CheckResult } from '@internal/plugin-ml-platform-common';
import {
  type AdmissionContext,
  type BoundPolicy,
  type CheckMessage,
  type KubernetesObject,
  checkResult,
  evaluatePolicies,
  kustomizeBuild,
  schemaProblems,
  skippedCheck,
} from '@internal/plugin-ml-platform-node/validation';
import type { Layout } from './Layout';
import type { Section } from './Report';

const POLICIES = ['policies', 'The policies of the platform allow it'] as const;

/** Builds a kustomization of the platform, and checks its objects. */
export async function checkPlatformPart(
  directory: string,
  context: { repository: string; layout: Layout; policies: BoundPolicy[] },
): Promise<Section> {
  const { repository, layout, policies } = context;
  const { objects, problem } = await build(directory, repository, layout);
  const built = checkResult(
    'kustomize-build',
    'It builds, with files of this repository only',
    problem ? [{ path: directory, text: problem }] : [],
  );
  return {
    title: directory,
    checks: problem
      ? [built]
      : [built, ...objectChecks(directory, objects, policies)],
  };
}

async function build(directory: string, repository: string, layout: Layout) {
  try {
    const objects = await kustomizeBuild(directory, {
      root: repository,
      // The platform team reviews all parts, so that they may load each other's files.
      allowedDirectories: [layout.gitops],
    });
    return { objects };
  } catch (error) {
    if (error instanceof Error && error.name === 'InputError') {
      return { objects: [], problem: error.message };
    }
    throw error;
  }
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

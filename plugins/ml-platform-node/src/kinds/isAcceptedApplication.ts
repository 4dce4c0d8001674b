import { matchesPattern } from './matchesPattern';
import type { StoredObject } from './StoredObject';

/**
 * Conditions of an Application that claims a project which it may not use.
 *
 * @see argoproj/argo-cd v3.5.3 util/argo/argo.go, controller/appcontroller.go (projectErrorToCondition)
 */
const REFUSAL =
  /not (?:allowed|permitted) to use (?:the )?project|referencing project \S+ which does not exist/;

interface AcceptanceOptions {
  /** Team that owns the namespace that the Application lies in; undefined for namespaces of the platform. */
  teamOfNamespace: (namespace: string) => string | undefined;
  /** All AppProjects of the cluster; none when they cannot be read. */
  projects: StoredObject[];
}

/**
 * Returns true for an Application that Argo CD lets use its project: one in Argo CD's own namespace, or in one that the
 * AppProject names ("applications in any namespace"). In a team's namespace it never counts for another team, whatever
 * the AppProject says, because anyone who may write there can claim any project.
 *
 * Where AppProjects cannot be read, an Application in its own team's namespace counts once Argo CD has compared it.
 *
 * This is a security boundary: see `ownership.ts`.
 *
 * @see argoproj/argo-cd v3.5.3 pkg/apis/application/v1alpha1/app_project_types.go, IsAppNamespacePermitted
 */
export function isAcceptedApplication(
  application: StoredObject,
  { teamOfNamespace, projects }: AcceptanceOptions,
): boolean {
  const { namespace = '' } = application.metadata;
  const name = application.spec?.project;
  const team = teamOfNamespace(namespace);
  if (team !== undefined && team !== name) {
    return false;
  }
  // A project in a team's namespace is not Argo CD's.
  const isTrusted = ({ metadata }: StoredObject) =>
    teamOfNamespace(metadata.namespace ?? '') === undefined;
  // By name first: this runs for every Application, and each team has a project.
  const claimed = projects.filter(
    project => project.metadata.name === name && isTrusted(project),
  );
  const isInOwnNamespace =
    team === undefined &&
    (claimed.length === 0 ||
      claimed.some(({ metadata }) => metadata.namespace === namespace));
  if (isInOwnNamespace) {
    return true;
  }
  if (isRefused(application)) {
    return false;
  }
  return projects.some(isTrusted)
    ? claimed.some(project =>
        sourceNamespaces(project).some(pattern =>
          matchesPattern(pattern, namespace),
        ),
      )
    : application.status?.sync !== undefined;
}

function sourceNamespaces({ spec }: StoredObject): string[] {
  const patterns = spec?.sourceNamespaces;
  return Array.isArray(patterns)
    ? patterns.filter(pattern => typeof pattern === 'string')
    : [];
}

function isRefused({ status }: StoredObject): boolean {
  const conditions = status?.conditions;
  return (
    Array.isArray(conditions) &&
    conditions.some(condition => REFUSAL.test(String(condition?.message)))
  );
}

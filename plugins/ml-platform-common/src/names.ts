import {
  imageReferenceProblem,
  parseImageReference,
} from '@internal/platform-rules/images';
import { z } from 'zod';

const DNS_LABEL = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;

/** Limits that keep `<team>--<workload>--<environment>` and all names derived from it within 63 characters. */
const MAX_TEAM_LENGTH = 20;
const MAX_WORKLOAD_LENGTH = 30;
export const MAX_ENVIRONMENT_LENGTH = 9;

/** Names that the platform uses itself. */
const RESERVED_NAMES = [
  'argocd',
  'default',
  'kube-node-lease',
  'kube-public',
  'kube-system',
  'platform',
  'tenant',
] as const;

/**
 * Namespaces of the platform, and the beginnings of others: a team's namespace in production has its name, and alerts of such
 * namespaces are the platform team's (gitops/platform/monitoring).
 */
const PLATFORM_NAMESPACES = [
  'argo-rollouts',
  'cert-manager',
  'external-secrets',
  'gitea',
  'ingress-nginx',
  'keda',
  'vertical-pod-autoscaler',
];
const PLATFORM_NAMESPACE =
  /^(cnpg|data-platform|jobset|kube|kubeflow|kueue|ml-platform|nvidia)(-|$)/;

/** A platform environment, as configured in `mlPlatform.environments`. */
export const environmentSchema = z.object({
  name: z.string(),
  /** Name of the cluster in `kubernetes.clusterLocatorMethods`. */
  cluster: z.string(),
  /** Suffix of the team name in the namespace; empty for production. */
  namespaceSuffix: z.string(),
});
export type Environment = z.infer<typeof environmentSchema>;

/**
 * Validates a workload name.
 *
 * @returns a problem for the person who typed it, or undefined.
 */
export function workloadNameProblem(name: string): string | undefined {
  return nameProblem('name', name, MAX_WORKLOAD_LENGTH);
}

/**
 * Validates a team name.
 *
 * @param environments - their namespace suffixes are reserved: team `x-dev` would own the namespace of team `x` in dev.
 * @returns a problem for the person who typed it, or undefined.
 */
export function teamNameProblem(
  name: string,
  environments: Environment[],
): string | undefined {
  const suffix = environments
    .map(environment => environment.namespaceSuffix)
    .find(candidate => candidate !== '' && name.endsWith(candidate));
  if (suffix) {
    return `A team name cannot end in "${suffix}": the platform adds it for an environment. Choose another ending.`;
  }
  return (
    nameProblem('team name', name, MAX_TEAM_LENGTH) ??
    (PLATFORM_NAMESPACES.includes(name) || PLATFORM_NAMESPACE.test(name)
      ? `"${name}" is, or begins like, a namespace of the platform, which the team would get. Choose another team name.`
      : undefined)
  );
}

function nameProblem(
  what: string,
  name: string,
  maxLength: number,
): string | undefined {
  if (name === '') {
    return `Enter a ${what}.`;
  }
  if (name.length > maxLength) {
    return `This ${what} has ${name.length} characters; the limit is ${maxLength}. Shorten it.`;
  }
  if (!DNS_LABEL.test(name)) {
    return `A ${what} has lower-case letters, digits and "-", starts with a letter and ends with a letter or digit. For example "fraud-scorer".`;
  }
  if (name.includes('--')) {
    return `A ${what} cannot contain "--": it separates team, workload and environment. Use a single "-".`;
  }
  if ((RESERVED_NAMES as readonly string[]).includes(name)) {
    return `"${name}" is reserved for the platform. Choose another ${what}.`;
  }
  return undefined;
}

/**
 * Validates a container image reference. It needs an exact tag or a digest, so that the reviewed image is the one that runs.
 *
 * @returns a problem for the person who typed it, or undefined.
 */
export function imageProblem(image: string): string | undefined {
  if (image === '') {
    return 'Enter an image, for example "ghcr.io/acme/fraud-scorer:1.4.2".';
  }
  const reference = parseImageReference(image);
  if (!reference || image.length > 255) {
    return `This image ${
      imageReferenceProblem(image) ?? 'is longer than 255 characters.'
    }`;
  }
  const { tag, digest } = reference;
  if (tag === undefined && digest === undefined) {
    return `Add a tag or a digest: without one, "${image}" means whatever was pushed last. For example "${image}:1.0.0".`;
  }
  if (tag === 'latest' && digest === undefined) {
    return 'The tag "latest" changes under a running service. Name an exact version, for example ":1.0.0", or a digest.';
  }
  return undefined;
}

/** True for the environment whose namespaces have no suffix. */
export function isProduction({ namespaceSuffix }: Environment): boolean {
  return namespaceSuffix === '';
}

/** Namespace of a team in an environment, for example `app-ml-team-dev`. */
export function namespaceName(team: string, environment: Environment): string {
  return `${team}${environment.namespaceSuffix}`;
}

/** Name of a workload's Argo CD Application in an environment. */
export function applicationName(
  team: string,
  workload: string,
  environment: string,
): string {
  return `${team}--${workload}--${environment}`;
}

/** Tag of a workload's Grafana dashboards, and the value of `grafana/dashboard-selector`. */
export function dashboardTag(team: string, workload: string): string {
  return `${team}--${workload}`;
}

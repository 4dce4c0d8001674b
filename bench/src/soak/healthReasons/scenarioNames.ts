import { workloadDirectory } from '@internal/plugin-ml-platform-common';
import type { Scenario } from './scenarioSchema';

/** Nodes without a kubelet, whose status the stand-in writes: ready, lost (no longer renewed) and not ready. */
export const STAND_IN_NODE = 'stand-in';
export const LOST_NODE = 'lost';
export const NOT_READY_NODE = 'not-ready';

/** Namespace of Applications that the real Argo CD ignores, because the stand-in writes their status. */
export const STAND_IN_ARGOCD_NAMESPACE = 'argocd-stand-in';

export function namespaceOf({ name }: Scenario): string {
  return `${name}-dev`;
}

export function applicationNameOf({ name }: Scenario): string {
  return `${name}--${name}--dev`;
}

export function argocdNamespaceOf({ causedBy }: Scenario): string {
  return causedBy === 'Argo CD (stand-in)'
    ? STAND_IN_ARGOCD_NAMESPACE
    : 'argocd';
}

/** Path of a scenario's file in the platform repository. */
export function filePath(scenario: Scenario, file: string): string {
  return `${filesDirectory(scenario)}/${file}`;
}

/** Directory of a scenario's files in the platform repository. */
export function filesDirectory({ name }: Scenario): string {
  return `infra/${workloadDirectory(name, name)}`;
}

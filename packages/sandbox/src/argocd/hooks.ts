import {
  type Draft,
  items,
  type KubernetesObject,
  text,
} from '../kubernetes/KubernetesObject';
import type { SyncPhase } from './Application';
import { healthOf } from './health';

const HOOK_ANNOTATION = 'argocd.argoproj.io/hook';
const HELM_HOOK_ANNOTATION = 'helm.sh/hook';
const WAVE_ANNOTATION = 'argocd.argoproj.io/sync-wave';

const PHASES = ['PreSync', 'Sync', 'PostSync', 'SyncFail'] as const;
const HELM_PHASES: Record<string, SyncPhase> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
};

const DELETE_POLICIES = [
  'BeforeHookCreation',
  'HookSucceeded',
  'HookFailed',
] as const;
type DeletePolicy = (typeof DELETE_POLICIES)[number];
const HELM_DELETE_POLICIES: Record<string, DeletePolicy> = {
  'before-hook-creation': 'BeforeHookCreation',
  'hook-succeeded': 'HookSucceeded',
  'hook-failed': 'HookFailed',
};

function annotationValues(object: Draft, annotation: string): string[] {
  const value = object.metadata.annotations?.[annotation] ?? '';
  return value
    .split(',')
    .map(part => part.trim())
    .filter(Boolean);
}

/**
 * Returns true for a hook of Argo CD or Helm, which is neither compared nor pruned.
 *
 * @see argoproj/argo-cd v3.5 gitops-engine/pkg/sync/hook/hook.go
 */
export function isHook(object: Draft): boolean {
  const types = annotationValues(object, HOOK_ANNOTATION);
  if (object.metadata.annotations?.[HOOK_ANNOTATION] !== undefined) {
    return !(types.length === 1 && types[0] === 'Skip');
  }
  const helmTypes = annotationValues(object, HELM_HOOK_ANNOTATION);
  return helmTypes.length > 0 && !helmTypes.includes('crd-install');
}

/** Returns true for an object that syncs leave out. */
export function isSkipped(object: Draft): boolean {
  return annotationValues(object, HOOK_ANNOTATION).includes('Skip');
}

/** Lists the phases of a sync in which a hook runs. Hooks of deletion have none. */
export function hookPhases(hook: Draft): SyncPhase[] {
  const types = annotationValues(hook, HOOK_ANNOTATION);
  const phases = PHASES.filter(phase => types.includes(phase));
  const helm = annotationValues(hook, HELM_HOOK_ANNOTATION).flatMap(
    type => HELM_PHASES[type] ?? [],
  );
  return phases.length > 0 ? phases : [...new Set(helm)];
}

/**
 * Lists the policies by which a hook is deleted.
 *
 * @see argoproj/argo-cd v3.5 gitops-engine/pkg/sync/hook/delete_policy.go
 */
export function deletePolicies(hook: Draft): DeletePolicy[] {
  const own = annotationValues(
    hook,
    'argocd.argoproj.io/hook-delete-policy',
  ).filter((policy): policy is DeletePolicy =>
    (DELETE_POLICIES as readonly string[]).includes(policy),
  );
  const helm = annotationValues(hook, 'helm.sh/hook-delete-policy').flatMap(
    policy => HELM_DELETE_POLICIES[policy] ?? [],
  );
  const policies = [...own, ...helm];
  return policies.length > 0 ? policies : ['BeforeHookCreation'];
}

export function syncWave(object: Draft): number {
  const [wave = '0'] = annotationValues(object, WAVE_ANNOTATION);
  return Number.parseInt(wave, 10) || 0;
}

/** Computes the phase of a hook from its health, with the message that Argo CD takes from it. */
export function hookResult(live: KubernetesObject): {
  hookPhase: 'Running' | 'Succeeded' | 'Failed';
  message: string;
} {
  const message = text(
    items(live, 'status.conditions').find(
      ({ type, status }) =>
        ['Complete', 'Failed'].includes(String(type)) && status === 'True',
    ),
    'message',
  );
  switch (healthOf(live)) {
    case undefined:
      return {
        hookPhase: 'Succeeded',
        message: `${live.metadata.name} created`,
      };
    case 'Healthy':
      return { hookPhase: 'Succeeded', message };
    case 'Degraded':
    case 'Unknown':
      return { hookPhase: 'Failed', message };
    default:
      return { hookPhase: 'Running', message: '' };
  }
}

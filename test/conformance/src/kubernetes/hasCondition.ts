import type { KubernetesObject } from '../targets/KubernetesObject';

interface Condition {
  type: string;
  status: string;
  reason?: string;
}

export function hasCondition(
  object: KubernetesObject | undefined,
  type: string,
  reason?: string,
  status?: 'True' | 'False',
): boolean {
  const conditions = (object?.status?.conditions ?? []) as Condition[];
  const isWanted = status ?? (reason ? undefined : 'True');
  return conditions.some(
    condition =>
      condition.type === type &&
      (reason === undefined || condition.reason === reason) &&
      (isWanted === undefined || condition.status === isWanted),
  );
}

import type { Deployment } from './workloadTypes';

/** Resolves `maxSurge` and `maxUnavailable` to numbers of pods. */
export function rollingLimits(deployment: Deployment): {
  surge: number;
  unavailable: number;
} {
  const { replicas, strategy } = deployment.spec;
  const { maxSurge = '25%', maxUnavailable = '25%' } =
    strategy.rollingUpdate ?? {};
  const resolve = (value: string | number, round: (share: number) => number) =>
    String(value).endsWith('%')
      ? round((replicas * parseFloat(String(value))) / 100)
      : Number(value);
  const surge = resolve(maxSurge, Math.ceil);
  const unavailable = resolve(maxUnavailable, Math.floor);
  return {
    surge,
    unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable,
  };
}

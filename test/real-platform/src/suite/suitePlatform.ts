import type { RealPlatform } from '../startRealPlatform';

/** What tests see of the platform: everything but its processes, which are not theirs to end. */
export type SuitePlatform = Pick<RealPlatform, 'directory'> &
  Required<Pick<RealPlatform, 'kubernetes' | 'gitea' | 'argocd'>>;

/** Tests run in processes of their own, which inherit it. */
const VARIABLE = 'REAL_PLATFORM';

export function publishPlatform(platform: RealPlatform) {
  const { directory, kubernetes, gitea, argocd } = platform;
  process.env[VARIABLE] = JSON.stringify({
    directory,
    kubernetes,
    gitea,
    argocd,
  });
}

/** The platform that `yarn real test` has started, for a `*.real.test.ts`. */
export function suitePlatform(): SuitePlatform {
  const published = process.env[VARIABLE];
  if (!published) {
    throw new Error('This test needs real systems: run it by `yarn real test`');
  }
  return JSON.parse(published);
}

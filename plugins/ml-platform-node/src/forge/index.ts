export { createForge } from './createForge';
export type { Forge, PullRequest } from './Forge';
export { forgeServiceRef } from './forgeServiceRef';

export { createForge } from './createForge';
export type { CommitCheck, Forge, PullRequest, Review } from './Forge';
export { forgeServiceRef } from './forgeServiceRef';

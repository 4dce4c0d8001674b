export { createForge } from './createForge';
export type { Forge, PullRequest } from './Forge';
export type { ForgeWebhook } from './webhooks';
export { forgeServiceRef } from './forgeServiceRef';

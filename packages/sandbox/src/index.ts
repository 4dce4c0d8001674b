export * from './startSandbox';
export { sandboxAccounts, startForge, type RunningForge } from './forge';

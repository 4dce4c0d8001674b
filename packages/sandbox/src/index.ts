export { startSandbox, type Sandbox } from './startSandbox';
export { sandboxAccounts, startForge, type RunningForge } from './forge';

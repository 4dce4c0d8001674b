export * from './startSandbox';
export { sandboxAccounts } from './forge';

export * from './startForge';
export { sandboxAccounts } from './accounts';

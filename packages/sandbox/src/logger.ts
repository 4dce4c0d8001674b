/** Logger of the sandbox, compatible with `LoggerService` of Backstage and with `console`. */
export interface SandboxLogger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

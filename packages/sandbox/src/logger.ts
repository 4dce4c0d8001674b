/** What the sandbox's parts log with; a Backstage logger fits, and so does `console`. */
export interface SandboxLogger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

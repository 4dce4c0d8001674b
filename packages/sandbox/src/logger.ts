/** Logger of the sandbox, compatible with `LoggerService` of Backstage and with `console`. */
export interface SandboxLogger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Creates a logger whose lines have a level, `<time> sandbox <level> <message>`, by which `npm start` shows warnings. */
export function createConsoleLogger(): SandboxLogger {
  const format = (level: string, message: string) =>
    `${new Date().toISOString()} sandbox ${level} ${message}`;
  return {
    info: message => console.log(format('info', message)),
    warn: message => console.warn(format('warn', message)),
    error: message => console.error(format('error', message)),
  };
}

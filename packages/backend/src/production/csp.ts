import type { Config } from '@backstage/config';

/**
 * Directives that are weak unless they are set: helmet's `getDefaultDirectives`, and `'unsafe-eval'` from
 * readHelmetOptions.ts of @backstage/backend-defaults 0.19.
 */
const WEAK_DEFAULTS: Record<string, string> = {
  'script-src': "'unsafe-eval'",
  'style-src': 'https:',
  'font-src': 'https:',
};

/** Directives that keep foreign code out. */
const PROTECTING = [
  'default-src',
  'base-uri',
  'frame-ancestors',
  'object-src',
  'script-src',
  'script-src-attr',
];

const ANYWHERE = ['*', 'http:', 'https:', 'ws:', 'wss:', 'ftp:'];
const FOREIGN_CODE = ["'unsafe-eval'", "'unsafe-inline'", 'data:', 'blob:'];

/** Finds what makes the content security policy worthless. */
export function findCspProblems(config: Config): string[] {
  const csp = config.getOptionalConfig('backend.csp');
  const directives =
    csp?.keys().map(key => [toKebabCase(key), csp.getOptional(key)] as const) ??
    [];
  const unset = Object.entries(WEAK_DEFAULTS)
    .filter(([name]) => directives.every(([each]) => each !== name))
    .map(
      ([name, source]) =>
        `backend.csp.${name}: missing, and the default allows ${source}. Set ["'self'"].`,
    );
  return [
    ...unset,
    ...directives.flatMap(([name, value]) => {
      if (value === false) {
        return PROTECTING.includes(name)
          ? [`backend.csp.${name}: false turns the directive off. Remove it.`]
          : [];
      }
      return [value ?? []]
        .flat()
        .filter(source => isTooWide(name, String(source)))
        .map(
          source =>
            `backend.csp.${name}: ${source} allows too much. Name the hosts that you need.`,
        );
    }),
  ];
}

function isTooWide(directive: string, source: string): boolean {
  const lowerCase = source.toLowerCase();
  return (
    ANYWHERE.includes(lowerCase) ||
    /^[a-z]+:\/\/\*(:|$|\/)/.test(lowerCase) ||
    lowerCase.startsWith('http://') ||
    (/^(script|default|object)-src/.test(directive) &&
      FOREIGN_CODE.includes(lowerCase))
  );
}

/** Backstage takes `connectSrc` for `connect-src`. */
function toKebabCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

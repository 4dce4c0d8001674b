import type { Config } from '@backstage/config';

/** Directives that are weak unless they are set: helmet's `getDefaultDirectives`. */
const WEAK_DEFAULTS: Record<string, string> = {
  'style-src': 'https:',
  'font-src': 'https:',
};

/** Directives that decide which code a page may run and who may embed it. */
const PROTECTING = [
  'default-src',
  'base-uri',
  'frame-ancestors',
  'object-src',
  'script-src',
  'script-src-attr',
];

const ANYWHERE = ['*', 'http:', 'https:', 'ws:', 'wss:', 'ftp:'];
const INJECTED_CODE = ["'unsafe-eval'", "'unsafe-inline'", 'data:', 'blob:'];

/**
 * Ajv compiles the JSON Schemas of forms to functions, in @rjsf/validator-ajv8 also when the app loads: without it no page
 * opens (e2e/production). It lets scripts that already run evaluate text; no other script runs because of it.
 */
const NEEDED = { directive: 'script-src', source: "'unsafe-eval'" };

/** Finds missing directives and unsafe sources in the content security policy. */
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
      return (
        [value ?? []]
          .flat()
          // The header separates sources by white space, also within one item.
          .filter(source =>
            String(source)
              .split(/\s+/)
              .some(each => isTooWide(name, each)),
          )
          .map(
            source =>
              `backend.csp.${name}: ${source} allows too much. Name the hosts that you need.`,
          )
      );
    }),
  ];
}

function isTooWide(directive: string, source: string): boolean {
  const lowerCase = source.toLowerCase();
  if (directive === NEEDED.directive && lowerCase === NEEDED.source) {
    return false;
  }
  return (
    ANYWHERE.includes(lowerCase) ||
    /^[a-z]+:\/\/\*(:|$|\/)/.test(lowerCase) ||
    lowerCase.startsWith('http://') ||
    (/^(script|default|object)-src/.test(directive) &&
      INJECTED_CODE.includes(lowerCase))
  );
}

/** Backstage accepts `connectSrc` as well as `connect-src`. */
function toKebabCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** A service, such as a team's CI, that may request changes with its own token. */
export interface ServiceCaller {
  /** Subject of its token in `backend.auth.externalAccess`. */
  subject: string;
  teams: string[];
  /** Names of templates. */
  templates: string[];
  environments: string[];
}

/**
 * Reads `mlPlatform.serviceCallers`.
 *
 * @throws InputError for an empty list, and for a token that is not limited to the scaffolder: it would open every route.
 */
export function readServiceCallers(rootConfig: Config): ServiceCaller[] {
  const tokens =
    rootConfig.getOptionalConfigArray('backend.auth.externalAccess') ?? [];
  return (
    rootConfig.getOptionalConfigArray('mlPlatform.serviceCallers') ?? []
  ).map(config => {
    const caller = {
      subject: config.getString('subject'),
      teams: config.getStringArray('teams'),
      templates: config.getStringArray('templates'),
      environments: config.getStringArray('environments'),
    };
    for (const key of ['teams', 'templates', 'environments'] as const) {
      if (caller[key].length === 0) {
        throw new InputError(
          `mlPlatform.serviceCallers: ${caller.subject} has no ${key}, so that it may do nothing`,
        );
      }
    }
    const isOpen = tokens
      .filter(token => isTokenOf(token, caller.subject))
      .some(token => !isForScaffolderOnly(token));
    if (isOpen) {
      throw new InputError(
        `backend.auth.externalAccess: the token of ${caller.subject} must have accessRestrictions with the plugin scaffolder and no other`,
      );
    }
    return caller;
  });
}

function isTokenOf(token: Config, subject: string): boolean {
  if (token.getString('type') !== 'jwks') {
    return token.getOptionalString('options.subject') === subject;
  }
  const prefix = token.getOptionalString('options.subjectPrefix');
  return subject.startsWith(prefix ? `external:${prefix}:` : 'external:');
}

function isForScaffolderOnly(token: Config): boolean {
  const plugins = (
    token.getOptionalConfigArray('accessRestrictions') ?? []
  ).map(restriction => restriction.getString('plugin'));
  return plugins.length === 1 && plugins[0] === 'scaffolder';
}

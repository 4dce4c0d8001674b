import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { isUserEntity, type UserEntity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import {
  PREVIEW_GRANT_SECRET,
  assertMayRequestChange,
  assertMayRequestTeam,
  parsePreviewGrant,
  type MlPlatformConfig,
  type TeamAuthorizer,
} from '@internal/plugin-ml-platform-node';
import { changeRequestTemplate } from './changeRequestTemplate';
import { SERVICE_CALLER_SECRET, requireServiceCaller } from './serviceCallers';

/** Subject of the plugin whose preview route starts dry runs for users. */
const PREVIEW_SUBJECT = 'plugin:ml-platform';
/** Subject of the plugin whose guard starts tasks for services. */
const SERVICE_GUARD_SUBJECT = 'plugin:scaffolder';

interface RequesterOptions {
  auth: AuthService;
  authorizer: TeamAuthorizer;
  catalog: CatalogService;
  config: Pick<MlPlatformConfig, 'serviceCallers'>;
}

/** Subject of a request's permission: a team whose workloads change, or the group that owns the team that changes. */
type RequestSubject = { team: string } | { group: string };

export type RequesterContext = Pick<
  ActionContext<JsonObject>,
  'getInitiatorCredentials' | 'isDryRun' | 'secrets' | 'templateInfo'
>;

/** The person or the service that a step runs for, as a Git author. */
export interface Requester {
  /** Entity reference of a person; `service:` and the subject of a service. */
  ref: string;
  name: string;
  email: string;
  /** Environments that it may change. Absent: all of the team's. */
  environments?: string[];
}

/**
 * Finds the user that a step runs for, and checks that they may make the request. The user is the initiator
 * of the task or, in a dry run started by our preview route, the user that it names. A service is named by the guard of the
 * scaffolder's routes. Names from other callers are ignored.
 *
 * @throws NotAllowedError saying what to do.
 */
export async function authorizeRequester(
  options: RequesterOptions,
  context: RequesterContext,
  subject: RequestSubject,
): Promise<Requester> {
  const { auth, catalog } = options;
  const service =
    'team' in subject
      ? await authorizedService(options, context, subject.team)
      : undefined;
  if (service) {
    return service;
  }
  const requester = await authorizedRef(options, context, subject);
  // With the portal's credentials: what people may see must not decide what they may do.
  const entity = await catalog.getEntityByRef(requester, {
    credentials: await auth.getOwnServiceCredentials(),
  });
  if (!entity || !isUserEntity(entity)) {
    throw new NotAllowedError(
      'The catalog does not know you as a user. Ask the platform team to add you.',
    );
  }
  return person(entity);
}

/** A task that the guard started runs with the credentials of the scaffolder, and carries the subject of the service. */
async function authorizedService(
  { auth, config }: RequesterOptions,
  context: RequesterContext,
  team: string,
): Promise<Requester | undefined> {
  const credentials = await context.getInitiatorCredentials();
  const subject = context.secrets?.[SERVICE_CALLER_SECRET];
  if (
    context.isDryRun ||
    subject === undefined ||
    !isPlugin(auth, credentials, SERVICE_GUARD_SUBJECT)
  ) {
    return undefined;
  }
  const { environments } = requireServiceCaller(
    config.serviceCallers,
    subject,
    { template: changeRequestTemplate(context).ref, team },
  );
  return {
    ref: `service:${subject}`,
    name: withoutSeparators(subject.replace(/^external:/, '')),
    email: `${subject.replace(/[^A-Za-z0-9._-]+/g, '-')}@services.invalid`,
    environments,
  };
}

/**
 * A task runs with the credentials of the person who started it, and the permission policy decides. A preview runs with
 * the credentials of its route, which has asked the policy before and passes on whom it allowed to request for which team.
 */
async function authorizedRef(
  { auth, authorizer }: RequesterOptions,
  context: RequesterContext,
  subject: RequestSubject,
): Promise<string> {
  const credentials = await context.getInitiatorCredentials();
  if (auth.isPrincipal(credentials, 'user')) {
    await ('team' in subject
      ? assertMayRequestChange(authorizer, subject.team, { credentials })
      : assertMayRequestTeam(authorizer, subject.group, { credentials }));
    return credentials.principal.userEntityRef;
  }
  const grant =
    context.isDryRun && isPlugin(auth, credentials, PREVIEW_SUBJECT)
      ? parsePreviewGrant(context.secrets?.[PREVIEW_GRANT_SECRET])
      : undefined;
  if (!grant) {
    throw new NotAllowedError(
      'Only signed-in users can request changes. Sign in and use the form.',
    );
  }
  const [granted, needed] =
    'team' in subject
      ? [grant.team, subject.team]
      : [grant.group, subject.group];
  if (granted !== needed) {
    throw new NotAllowedError(
      `This preview is for ${
        granted ?? 'something else'
      }, but a step of the template changes ${needed}. Report this to the owner of the template.`,
    );
  }
  return grant.requester;
}

function isPlugin(
  auth: AuthService,
  credentials: BackstageCredentials,
  subject: string,
): boolean {
  return (
    auth.isPrincipal(credentials, 'service') &&
    credentials.principal.subject === subject
  );
}

/** Without an email address, one in the reserved domain `.invalid` is used. */
function person({ metadata, spec }: UserEntity): Requester {
  const { displayName, email } = spec.profile ?? {};
  return {
    ref: `user:${metadata.namespace ?? 'default'}/${
      metadata.name
    }`.toLowerCase(),
    name: withoutSeparators(displayName) || metadata.name,
    email: withoutSeparators(email) || `${metadata.name}@users.invalid`,
  };
}

/** Removes characters that Git uses as separators in an identity. */
function withoutSeparators(text = '') {
  return text.replace(/[<>\p{Cc}]/gu, '').trim();
}

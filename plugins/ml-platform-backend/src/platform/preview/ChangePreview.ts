import type {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  templateEntityV1beta3Validator,
  type TemplateEntityV1beta3,
} from '@backstage/plugin-scaffolder-common';
import type { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import {
  previewSchema,
  type Preview,
  type PreviewRequest,
} from '@internal/plugin-ml-platform-common';
import {
  FairQueue,
  PREVIEW_GRANT_SECRET,
  formatPreviewGrant,
  withTimeout,
} from '@internal/plugin-ml-platform-node';
import type { RequestGrant } from '../../http/TeamAccess';
import { withFields } from './formPages';
import { validateValues } from './validateValues';
import type { DryRunErrors } from './DryRunErrors';

const TIMEOUT_SECONDS = 60;
/** Previews at once: each builds every environment with Kustomize. */
const CONCURRENT_PREVIEWS = 4;
const PREVIEWS_PER_PERSON = 3;
const RETRY_AFTER_SECONDS = 5;
const VALIDATE_ACTION = 'ml-platform:gitops:validate';

/** The `output` of a golden path, by convention: the outputs of `validate` and `propose`. */
const outputSchema = previewSchema.pick({ report: true, pullRequest: true });

interface ChangePreviewOptions {
  auth: AuthService;
  catalog: CatalogService;
  errors: DryRunErrors;
  scaffolder: ScaffolderService;
}

/**
 * Runs the steps of a catalog template as a dry run. People have no access to the scaffolder's own dry run, because it
 * runs any steps that they send; this plugin calls it with its own credentials and names the person.
 */
export class ChangePreview {
  readonly #options: ChangePreviewOptions;
  readonly #queue = new FairQueue({
    concurrency: CONCURRENT_PREVIEWS,
    perPerson: PREVIEWS_PER_PERSON,
    refusal: `You have ${PREVIEWS_PER_PERSON} previews that have not finished. Wait a few seconds, then preview again.`,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });

  constructor(options: ChangePreviewOptions) {
    this.#options = options;
  }

  /**
   * @param options.granted - what the person may request: the steps rely on that decision, and refuse everything else.
   * @param options.signal - gives up a preview that waits for its turn.
   * @throws InputError naming the invalid fields, NotFoundError for a template that the person cannot see,
   * TooManyRequestsError for a person with too many previews, and the steps' own errors as `DryRunErrors` passes them on.
   */
  async run(
    request: PreviewRequest,
    {
      credentials,
      granted,
      signal,
    }: {
      credentials: BackstageCredentials<BackstageUserPrincipal>;
      granted: RequestGrant;
      signal: AbortSignal;
    },
  ): Promise<Preview> {
    const timeout = AbortSignal.timeout(TIMEOUT_SECONDS * 1000);
    return withTimeout(
      TIMEOUT_SECONDS * 1000,
      this.#queue.run(
        credentials.principal.userEntityRef,
        { signal: AbortSignal.any([signal, timeout]) },
        () => this.#preview(request, credentials, granted),
      ),
      () =>
        new ServiceUnavailableError(
          `The preview took longer than ${TIMEOUT_SECONDS} s. Try again in a minute.`,
        ),
    );
  }

  async #preview(
    { templateRef, values }: PreviewRequest,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
    granted: RequestGrant,
  ): Promise<Preview> {
    const { auth, errors, scaffolder } = this.#options;
    const template = await this.#template(templateRef, credentials);
    validateValues(template, values);
    const grant = formatPreviewGrant({
      requester: credentials.principal.userEntityRef,
      ...granted,
    });
    const response = await scaffolder
      .dryRun(
        {
          template,
          values: values as JsonObject,
          secrets: { [PREVIEW_GRANT_SECRET]: grant },
          // Our actions read the template from the platform repository, and no others are allowed.
          directoryContents: [],
        },
        { credentials: await auth.getOwnServiceCredentials() },
      )
      .catch(error => errors.rethrow(error));
    const output = outputSchema.safeParse(response.output);
    if (!output.success) {
      throw noPreview(template);
    }
    const { report, pullRequest } = output.data;
    return {
      report: { ...report, checks: withFields(report.checks, template) },
      pullRequest,
      asOf: new Date().toISOString(),
    };
  }

  async #template(
    templateRef: string,
    credentials: BackstageCredentials,
  ): Promise<TemplateEntityV1beta3> {
    const entity = await this.#options.catalog.getEntityByRef(templateRef, {
      credentials,
    });
    if (!entity || !(await templateEntityV1beta3Validator.check(entity))) {
      throw new NotFoundError(
        'This template does not exist, or you may not see it. Open the form again from the list of templates.',
      );
    }
    const template = entity as TemplateEntityV1beta3;
    // Other templates may have actions that must not run with the portal's credentials.
    if (!template.spec.steps.some(({ action }) => action === VALIDATE_ACTION)) {
      throw noPreview(template);
    }
    return template;
  }
}

function noPreview({ metadata: { name } }: TemplateEntityV1beta3) {
  return new InputError(
    `The template ${name} has no preview. Ask its owner to add a step ${VALIDATE_ACTION}, and "report" and "pullRequest" to its output.`,
  );
}

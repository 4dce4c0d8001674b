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
  PREVIEW_GRANT_SECRET,
  formatPreviewGrant,
  withTimeout,
} from '@internal/plugin-ml-platform-node';
import { validateValues } from './validateValues';
import type { DryRunErrors } from './DryRunErrors';
import type { TemplateContents } from './TemplateContents';

const TIMEOUT_SECONDS = 60;
const VALIDATE_ACTION = 'ml-platform:gitops:validate';

/** What a golden path's `output` gives, by convention: the outputs of `validate` and `propose`. */
const outputSchema = previewSchema.pick({ report: true, pullRequest: true });

interface Options {
  auth: AuthService;
  catalog: CatalogService;
  contents: TemplateContents;
  errors: DryRunErrors;
  scaffolder: ScaffolderService;
}

/**
 * Runs a template's own steps without effect. People have no access to the scaffolder's dry run, which runs any steps
 * that they send; here the template is the catalog's, and the scaffolder is asked by this plugin for the person.
 */
export class ChangePreview {
  static create(options: Options): ChangePreview {
    return new ChangePreview(options);
  }

  readonly #options: Options;

  private constructor(options: Options) {
    this.#options = options;
  }

  /**
   * Call it only for a person who may request changes for `values.team`: the steps are told so.
   *
   * @throws InputError naming the fields that are not right, NotFoundError for a template that the person cannot see,
   * and what the steps throw for people.
   */
  async run(
    { templateRef, values }: PreviewRequest & { values: { team: string } },
    {
      credentials,
    }: { credentials: BackstageCredentials<BackstageUserPrincipal> },
  ): Promise<Preview> {
    const { auth, contents, errors, scaffolder } = this.#options;
    const template = await this.#template(templateRef, credentials);
    validateValues(template, values);
    const directoryContents = await contents.read(template);
    const response = await withTimeout(
      scaffolder.dryRun(
        {
          template,
          values: values as JsonObject,
          secrets: {
            [PREVIEW_GRANT_SECRET]: formatPreviewGrant({
              requester: credentials.principal.userEntityRef,
              team: values.team,
            }),
          },
          directoryContents,
        },
        { credentials: await auth.getOwnServiceCredentials() },
      ),
      {
        ms: TIMEOUT_SECONDS * 1000,
        error: () =>
          new ServiceUnavailableError(
            `The preview took longer than ${TIMEOUT_SECONDS} s. Try again in a minute.`,
          ),
      },
    ).catch(error => errors.rethrow(error));
    const output = outputSchema.safeParse(response.output);
    if (!output.success) {
      throw noPreview(template);
    }
    return { ...output.data, asOf: new Date().toISOString() };
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
        'The catalog has no such template, or you may not see it. Open the form again from the list of templates.',
      );
    }
    const template = entity as TemplateEntityV1beta3;
    // Other templates may run actions for the portal that their own author never meant to be run so.
    if (!template.spec.steps.some(({ action }) => action === VALIDATE_ACTION)) {
      throw noPreview(template);
    }
    return template;
  }
}

function noPreview({ metadata: { name } }: TemplateEntityV1beta3) {
  return new InputError(
    `The template ${name} gives no preview. Tell its owner that it needs a step ${VALIDATE_ACTION}, and "report" and "pullRequest" in its output.`,
  );
}

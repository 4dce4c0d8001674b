import { isDeepStrictEqual } from 'node:util';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { readTenant, teamValues } from '@internal/plugin-ml-platform-node/plan';
import type { ChangeRequestTemplate } from '../../changeRequestTemplate';
import type { GeneratedFiles } from '../../workspace/ChangeRequestWorkspace';
import type { TeamCheckoutRecord } from '../../workspace/stepRecords';
import { changeYaml } from './changeYaml';
import type { TeamFiles } from './TeamFiles';

interface TeamRequest {
  checkout: TeamCheckoutRecord;
  files: TeamFiles;
  template: ChangeRequestTemplate;
  values: Record<string, unknown>;
}

/** Generates a new team, or one with other values. */
export async function changeTeam(
  request: TeamRequest,
): Promise<GeneratedFiles> {
  const { checkout, files, template } = request;
  const values = { ...request.values, group: checkout.group } as JsonObject;
  switch (checkout.mode) {
    case 'create':
      return files.generate(await files.render(template.name, values));
    case 'edit':
      return files.generate(await edited(request, values));
    default:
      throw new InputError(
        `A request to ${checkout.mode} a team renders nothing. Give this step a condition.`,
      );
  }
}

/**
 * Applies what the new values change to the file as it is. What the template does not write, people wrote; it stays, and so do
 * comments. Values that the form does not have are those of now.
 */
async function edited(
  { checkout, files, template, values: { basedOn } }: TeamRequest,
  values: JsonObject,
): Promise<string> {
  const { commit, team } = checkout;
  const current = await requireTenant(files, commit, team);
  if (typeof basedOn === 'string' && basedOn !== '') {
    const opened = await requireTenant(files, basedOn, team);
    if (!isDeepStrictEqual(opened.values, current.values)) {
      throw new ConflictError(
        `The team ${team} changed since you opened this form. Nothing was changed. Open the form again, so that it has the values of now.`,
      );
    }
  }
  const now = current.values as JsonObject;
  const [recorded, next] = await Promise.all(
    [now, { ...now, ...values }].map(each => files.render(template.name, each)),
  );
  return changeYaml(current.text, { recorded, next, path: files.path });
}

async function requireTenant(files: TeamFiles, commit: string, team: string) {
  const text = await files.read(commit);
  if (text === undefined) {
    throw new NotFoundError(
      `The platform repository has no team ${team}. Check the name.`,
    );
  }
  const { tenant, problems } = readTenant(files.path, text);
  if (!tenant) {
    const lines = problems.map(
      problem => `line ${problem.line}: ${problem.text}`,
    );
    throw new ConflictError(
      `${files.path} is not valid (${lines.join(
        '; ',
      )}). Ask the platform team to correct it.`,
    );
  }
  return { text, values: teamValues(tenant) };
}

import { InputError } from '@backstage/errors';
import type { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { findTextProblem } from '@internal/plugin-ml-platform-common';
import { validate, type ValidationError } from 'jsonschema';
import { fieldTitle, pagesOf } from './formPages';

/**
 * Validates values against every page of a template's form, as the scaffolder does for a task, and their characters.
 *
 * @throws InputError with a line for each field, by the title that the form shows.
 */
export function validateValues(
  template: TemplateEntityV1beta3,
  values: Record<string, unknown>,
): void {
  const pages = pagesOf(template);
  const lines = pages.flatMap(page =>
    validate(values, page).errors.map(error => describe(error, page)),
  );
  const found = findTextProblem(values);
  if (found) {
    const [field = '', ...below] = found.path;
    const page = pages.find(({ properties }) => Object(properties)[field]);
    lines.push(
      `${[fieldTitle(field, page ?? {}), ...below].join(' ')}: ${
        found.problem
      }`,
    );
  }
  if (lines.length > 0) {
    throw new InputError(
      `Some fields are invalid.\n${lines.map(line => `- ${line}`).join('\n')}`,
    );
  }
}

function describe(error: ValidationError, page: object): string {
  if (error.name === 'required') {
    return `${fieldTitle(String(error.argument), page)}: is required`;
  }
  const [field, ...below] = error.path.map(String);
  if (field === undefined) {
    return error.message;
  }
  return `${[fieldTitle(field, page), ...below].join(' ')}: ${error.message}`;
}

import type { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import type {
  CheckResult,
  FormField,
  ProblemSubject,
} from '@internal/plugin-ml-platform-common';

/** Names that the templates give the parameter for a subject. Others have no field that could be named. */
const PARAMETERS: Record<ProblemSubject, string[]> = {
  confirmation: ['confirmation'],
  gpus: ['gpus', 'gpu'],
  image: ['image'],
  'model-location': ['modelLocation'],
  name: ['name'],
  size: ['size'],
  storage: ['storageGb'],
};

/** A page of a template's form, as JSON Schema. */
interface FormPage {
  title?: string;
  properties?: Record<string, { title?: string; 'ui:widget'?: string }>;
}

export function pagesOf({ spec }: TemplateEntityV1beta3): FormPage[] {
  return [spec.parameters ?? []].flat() as FormPage[];
}

/** The name of a field as the form shows it. */
export function fieldTitle(name: string, { properties }: FormPage): string {
  return properties?.[name]?.title ?? name;
}

/** Adds the field of the template's form to each problem whose subject has one. */
export function withFields(
  checks: CheckResult[],
  template: TemplateEntityV1beta3,
): CheckResult[] {
  return checks.map(check => ({
    ...check,
    messages: check.messages.map(message => {
      const field = message.subject && formField(template, message.subject);
      return field ? { ...message, field } : message;
    }),
  }));
}

function formField(
  template: TemplateEntityV1beta3,
  subject: ProblemSubject,
): FormField | undefined {
  for (const page of pagesOf(template)) {
    const name = PARAMETERS[subject].find(candidate => {
      const property = page.properties?.[candidate];
      return property && property['ui:widget'] !== 'hidden';
    });
    if (name !== undefined) {
      return { title: fieldTitle(name, page), page: page.title ?? '' };
    }
  }
  return undefined;
}

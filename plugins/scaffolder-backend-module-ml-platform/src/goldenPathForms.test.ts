import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { validate, type Schema } from 'jsonschema';
import { parse } from 'yaml';
import { GOLDEN_PATHS, type GoldenPath } from './__testUtils__/goldenPaths';

const TEMPLATES = resolve(__dirname, '../../../templates');
/** Fields that show something, and take no value. */
const WITHOUT_VALUE = ['guide', 'previewDigest'];

/** Templates for workloads, and those for what a team has already. */
const FORMS: Array<Omit<GoldenPath, 'edited' | 'user'>> = [
  ...GOLDEN_PATHS,
  {
    template: 'change-quota',
    team: 'app-ml-team',
    workload: '',
    values: {
      group: 'app-ml-team',
      sizes: { dev: 'medium' },
      reason: 'A larger model',
      gpus: 4,
      cpu: 64,
      memory: '512Gi',
    },
  },
  {
    template: 'decommission',
    team: 'app-ml-team',
    workload: 'ml-backend',
    values: {
      mode: 'remove',
      data: 'save',
      reason: 'Replaced by feature-api',
      confirmation: 'ml-backend',
    },
  },
];

interface FormField {
  name: string;
  schema: Schema;
  /** Values with which the form has the field. */
  given: Record<string, unknown>;
}

function pagesOf(template: string): Schema[] {
  const file = join(TEMPLATES, template, 'template.yaml');
  return parse(readFileSync(file, 'utf8')).spec.parameters;
}

/** Fields of a page, those that depend on another included. */
function fieldsOf(page: Schema): FormField[] {
  const fields = (schema: Schema, given: FormField['given']) =>
    Object.entries(schema.properties ?? {}).map(([name, each]) => ({
      name,
      schema: each,
      given,
    }));
  const dependent = Object.entries(page.dependencies ?? {}).flatMap(
    ([key, dependency]) =>
      ((dependency as Schema).oneOf ?? []).flatMap(alternative => {
        const [value] = alternative.properties?.[key].enum ?? [];
        return fields(alternative, { [key]: value }).filter(
          ({ name }) => name !== key,
        );
      }),
  );
  return [...fields(page, {}), ...dependent].filter(
    ({ name }) => !WITHOUT_VALUE.includes(name),
  );
}

/** Values just outside of each limit of a field, by limit. */
function badValues(schema: Schema): Record<string, unknown> {
  const {
    items,
    maxItems = 0,
    maxLength = 0,
    maximum = 0,
    minimum = 0,
  } = schema;
  const item = Array.isArray(items) ? items[0] : items;
  const property = Object(schema.additionalProperties);
  const bad: Record<string, unknown> = {
    enum: 'no-such-choice',
    maxItems: Array(maxItems + 1).fill('x'),
    maxLength: 'x'.repeat(maxLength + 1),
    maximum: maximum + 1,
    minItems: [],
    minLength: '',
    minimum: minimum - 1,
    pattern: '\u0000 ! ',
  };
  return {
    type: schema.type === 'object' ? 'x' : {},
    ...Object.fromEntries(
      Object.entries(bad).filter(([limit]) => limit in schema),
    ),
    ...Object.fromEntries(
      Object.entries(item ? badValues(item) : {}).map(([limit, value]) => [
        `items ${limit}`,
        [value],
      ]),
    ),
    ...Object.fromEntries(
      Object.entries('type' in property ? badValues(property) : {}).map(
        ([limit, value]) => [`properties ${limit}`, { x: value }],
      ),
    ),
  };
}

/** Finds fields, and fields of their items, into which any amount of text fits. */
function unlimited(schema: Schema, path: string): string[] {
  const { additionalProperties, items, properties = {} } = schema;
  const below = [
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
    ...(items ? [items].flat() : []),
    ...Object.values(properties),
  ].flatMap(each => unlimited(each, `${path} ›`));
  const hasLimit =
    (schema.type !== 'string' && schema.type !== 'array') ||
    ['enum', 'maxLength', 'maxItems'].some(limit => limit in schema) ||
    // Names of teams are looked up; the others match all of the text.
    (schema as { 'ui:field'?: string })['ui:field'] ===
      'MlPlatformTeamPicker' ||
    String(schema.pattern).endsWith('{40}$');
  return [...(hasLimit ? [] : [`${path} ${schema.title ?? ''}`]), ...below];
}

describe.each(FORMS)('$template', ({ template, team, workload, values }) => {
  const pages = pagesOf(template);
  const all = { mode: 'create', team, name: workload, ...values };

  it('takes its values, and limits every text and list', () => {
    expect(
      pages.flatMap(page => validate(all, page).errors.map(String)),
    ).toEqual([]);
    expect(
      pages
        .flatMap(fieldsOf)
        .flatMap(({ name, schema }) => unlimited(schema, name)),
    ).toEqual([]);
  });

  it('asks at most five questions on the first page, on at most four pages with the preview', () => {
    const [{ properties = {}, dependencies = {} }] = pages;
    const asked = fieldsOf({ properties, dependencies }).filter(
      ({ schema }) => !('ui:widget' in schema) && schema.title !== 'Request',
    );
    expect(asked.length).toBeLessThanOrEqual(5);
    expect(pages.length).toBeLessThanOrEqual(4);
  });

  it('refuses values outside of the limits', () => {
    for (const page of pages) {
      for (const { name, schema, given } of fieldsOf(page)) {
        for (const [limit, value] of Object.entries(badValues(schema))) {
          const { errors } = validate(
            { ...all, ...given, [name]: value },
            page,
          );
          expect({
            name,
            limit,
            refused: errors.some(
              error =>
                [
                  error.path[0],
                  ...(error.message.match(/\w+/g) ?? []),
                ].includes(name) || error.name === 'oneOf',
            ),
          }).toEqual({ name, limit, refused: true });
        }
      }
    }
  });
});

describe('guides of the templates', () => {
  const names = readdirSync(TEMPLATES).filter(
    name => !name.endsWith('catalog-info.yaml'),
  );

  it.each(names)('%s shows when to take it and what it costs', name => {
    const [{ properties = {} }] = pagesOf(name);
    expect(Object.entries(properties)[0]).toEqual([
      'guide',
      expect.objectContaining({
        'ui:field': 'MlPlatformGuide',
        'ui:options': { text: { $text: './README.md' } },
      }),
    ]);
    const guide = readFileSync(join(TEMPLATES, name, 'README.md'), 'utf8');
    expect(guide).toMatch(/^Take this /);
    expect(guide).toContain('**What it costs**: ');
    expect(guide).toMatch(/\*\*How to [^*]+\*\*: /);
  });
});

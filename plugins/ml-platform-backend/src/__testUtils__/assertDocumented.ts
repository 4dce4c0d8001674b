import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import type { Response } from 'supertest';

/** The part of the OpenAPI document that responses are validated with. */
export interface OpenApiDocument {
  paths: Record<
    string,
    { get?: { responses: { 200: { content: Record<string, Content> } } } }
  >;
}
interface Content {
  schema: object;
}

const ajv = new Ajv({ strict: false, validateFormats: false });
/** Compiling a schema takes longer than most tests. */
const validators = new Map<string, ValidateFunction>();

/** @throws Error when a response has a field too many or too few for the OpenAPI document. */
export function assertDocumented(
  { paths }: OpenApiDocument,
  path: string,
  response: Response,
): void {
  // More than one path may match: those with literal segments are more specific.
  const [documented] = Object.keys(paths)
    .filter(each => pattern(each).test(path.split('?')[0]))
    .sort((a, b) => a.split('{').length - b.split('{').length);
  const schema =
    paths[documented]?.get?.responses[200].content['application/json']?.schema;
  if (response.status !== 200 || !schema) {
    return;
  }
  const validate = validators.get(documented) ?? ajv.compile(schema);
  validators.set(documented, validate);
  if (!validate(response.body)) {
    throw new Error(
      `GET ${path} is not as documented: ${ajv.errorsText(validate.errors)}`,
    );
  }
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
}

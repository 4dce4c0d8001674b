import Ajv from 'ajv/dist/2020';
import type { Response } from 'supertest';
import { createDocument } from '../http/openapi/createDocument';
import { documentedRoutes } from '../http/openapi/routes';

interface Document {
  paths: Record<
    string,
    { get?: { responses: { 200: { content: Record<string, Content> } } } }
  >;
}
interface Content {
  schema: object;
}

const ajv = new Ajv({ strict: false, validateFormats: false });
const { paths } = createDocument(documentedRoutes) as unknown as Document;
const validators = Object.entries(paths).flatMap(([path, { get }]) => {
  const json = get?.responses[200].content['application/json'];
  return json
    ? [{ path: pattern(path), validate: ajv.compile(json.schema) }]
    : [];
});

/** @throws Error when an answer is not what the OpenAPI document says, in a field too many or too few. */
export function assertDocumented(path: string, response: Response): void {
  if (response.status !== 200 || path === '/openapi.json') {
    return;
  }
  const found = validators.find(each => each.path.test(path.split('?')[0]));
  if (found && !found.validate(response.body)) {
    throw new Error(
      `GET ${path} is not as documented: ${ajv.errorsText(
        found.validate.errors,
      )}`,
    );
  }
}

/** More than one pattern may match; literal segments are in the document before parameters. */
function pattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
}

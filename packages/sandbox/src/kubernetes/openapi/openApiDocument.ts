import { apiVersion, type ResourceType } from '../ResourceType';
import { resourceTypes } from '../resourceTypes';
import { findSubresource } from '../subresources';
import { ModelSchemas } from './modelSchemas';
import type { Schema } from './parseModel';

const documents = new Map<string, object>();

/** Parameters of writes. kubectl asks whether they exist before it sends a manifest. */
const WRITE_PARAMETERS = [
  'dryRun',
  'fieldManager',
  'fieldValidation',
  'force',
].map(name => ({
  name,
  in: 'query',
  schema: { type: name === 'force' ? 'boolean' : 'string', uniqueItems: true },
}));

/** The index of all OpenAPI v3 documents. */
export function openApiIndex() {
  const paths = [...new Set(resourceTypes.map(documentPath))];
  return {
    paths: Object.fromEntries(
      paths.map(path => [path, { serverRelativeURL: `/openapi/v3/${path}` }]),
    ),
  };
}

/** The OpenAPI v3 document of a group and version, for example `apis/apps/v1`; undefined when it is not served. */
export function openApiDocument(path: string): object | undefined {
  const types = resourceTypes.filter(type => documentPath(type) === path);
  if (types.length === 0) {
    return undefined;
  }
  const document = documents.get(path) ?? createDocument(types);
  documents.set(path, document);
  return document;
}

function documentPath(type: ResourceType): string {
  return type.group ? `apis/${apiVersion(type)}` : `api/${type.version}`;
}

function createDocument(types: ResourceType[]) {
  const models = new ModelSchemas();
  const paths = types.flatMap(type => pathsOf(type, addSchema(models, type)));
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.3' },
    paths: Object.fromEntries(paths),
    components: { schemas: models.schemas },
  };
}

/** Adds the schema of a type. @returns the name of the schema */
function addSchema(models: ModelSchemas, type: ResourceType): string {
  const { group, version, kind } = type;
  const name =
    models.add(type) ??
    [...group.split('.').reverse(), version, kind].join('.');
  models.schemas[name] = {
    ...(models.schemas[name] ?? unknownSchema(kind)),
    'x-kubernetes-group-version-kind': [{ group, version, kind }],
  };
  return name;
}

/** Schema of a type that no package declares. */
function unknownSchema(kind: string): Schema {
  const object = {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
  };
  return {
    type: 'object',
    description: `${kind} is a custom resource, whose fields the sandbox does not know.`,
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: object,
      spec: object,
      status: object,
    },
  };
}

function pathsOf(
  type: ResourceType,
  schema: string,
): Array<[path: string, item: object]> {
  const { group, version, kind, plural, namespaced, verbs } = type;
  const collection = `/${documentPath(type)}/${
    namespaced ? 'namespaces/{namespace}/' : ''
  }${plural}`;
  const operation = (action: string, parameters: object[] = []) => ({
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, version, kind },
    parameters,
    responses: {
      200: {
        description: 'OK',
        content: {
          'application/json': {
            schema: { $ref: `#/components/schemas/${schema}` },
          },
        },
      },
    },
  });
  const post = operation('post', WRITE_PARAMETERS);
  if (!verbs.includes('list')) {
    return [[collection, { post }]];
  }
  const object = {
    get: operation('get'),
    put: operation('put', WRITE_PARAMETERS),
    patch: operation('patch', WRITE_PARAMETERS),
    delete: operation('delete', WRITE_PARAMETERS),
  };
  return [
    [collection, { get: operation('list'), post }],
    [`${collection}/{name}`, object],
    ...(findSubresource(type, 'status')
      ? [
          [`${collection}/{name}/status`, { get: object.get }] as [
            string,
            object,
          ],
        ]
      : []),
  ];
}

import { z } from 'zod';
import type { DocumentedRoute } from './DocumentedRoute';

type Json = Record<string, unknown>;

const error = z.object({
  error: z.object({ name: z.string(), message: z.string() }),
});

/** An OpenAPI 3.1 document of routes, made of the schemas that the routes check with. */
export function createDocument(routes: DocumentedRoute[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'ML platform',
      version: '1',
      description:
        'What the portal knows of clusters, Argo CD, findings and requests, for the teams that the caller may see. What does not exist and what is hidden are both 404.',
    },
    servers: [{ url: '/api/ml-platform' }],
    security: [{ backstage: [] }],
    paths,
    components: {
      securitySchemes: {
        backstage: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A Backstage user token',
        },
      },
      schemas: { Error: toJsonSchema(error, 'output') },
    },
  };
}

function operation(route: DocumentedRoute): Json {
  const { path, summary, permission, query, body, answer } = route;
  return {
    summary,
    ...(permission && { description: `Needs \`${permission.name}\`.` }),
    parameters: [...pathParameters(path), ...queryParameters(query)],
    ...(body && {
      requestBody: {
        required: true,
        content: jsonContent(toJsonSchema(body, 'input')),
      },
    }),
    responses: {
      200: {
        description: 'Done',
        content:
          'mediaType' in answer
            ? { [answer.mediaType]: { schema: { type: 'string' } } }
            : jsonContent(toJsonSchema(answer, 'output')),
      },
      default: {
        description: 'Not done; the message says what to do',
        content: jsonContent({ $ref: '#/components/schemas/Error' }),
      },
    },
  };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodObject | undefined): Json[] {
  if (!query) {
    return [];
  }
  const { properties = {}, required = [] } = toJsonSchema(query, 'input') as {
    properties?: Record<string, { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function jsonContent(schema: Json): Json {
  return { 'application/json': { schema } };
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}

import { z } from 'zod';
import type { Route } from '../Route';

type Json = Record<string, unknown>;

const errorSchema = z.object({
  error: z.object({ name: z.string(), message: z.string() }),
});

/** The OpenAPI 3.1 document of routes, made of the schemas that they parse with and the permissions that they check. */
export function createDocument(routes: Route[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    if (paths[path]?.[route.method]) {
      throw new Error(`Two routes for ${route.method} ${route.path}`);
    }
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'ML platform',
      version: '1',
      description:
        'Workloads, findings, training runs, capacity and change requests of the teams that you may see. Missing and hidden resources both return 404.',
    },
    servers: [{ url: '/api/ml-platform' }],
    paths,
    components: {
      securitySchemes: {
        backstage: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'A Backstage user token. The listed roles are Backstage permissions.',
        },
      },
      schemas: { Error: toJsonSchema(errorSchema, 'output') },
    },
  };
}

function operation(route: Route): Json {
  const { path, summary, permission, query, body, response } = route;
  return {
    summary,
    description: permission.description,
    security: permission.unauthenticatedBecause
      ? []
      : [{ backstage: permission.permissions.map(({ name }) => name) }],
    parameters: [...pathParameters(path), ...queryParameters(query)],
    ...(body && {
      requestBody: {
        required: true,
        content: jsonContent(toJsonSchema(body, 'input')),
      },
    }),
    responses: {
      200: {
        description: 'Success',
        content:
          'mediaType' in response
            ? { [response.mediaType]: { schema: { type: 'string' } } }
            : jsonContent(toJsonSchema(response, 'output')),
      },
      ...errorResponses(route),
      default: errorResponse('Error; the message says what to do'),
    },
  };
}

function errorResponses({ path, permission, query, body }: Route): Json {
  const descriptions = {
    400: (query || body) && 'The query or the body is invalid',
    401:
      !permission.unauthenticatedBecause &&
      'The Backstage user token is missing or invalid',
    403: permission.denied === 403 && 'You do not have the permission',
    404:
      (permission.denied === 404 || path.includes(':')) &&
      'It does not exist, or you may not see it',
  };
  return Object.fromEntries(
    Object.entries(descriptions).flatMap(([status, description]) =>
      description ? [[status, errorResponse(description)]] : [],
    ),
  );
}

function errorResponse(description: string): Json {
  return {
    description,
    content: jsonContent({ $ref: '#/components/schemas/Error' }),
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

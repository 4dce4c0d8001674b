import { z } from 'zod';
import { customObject } from './customObject';

const HEADER = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;
const header = z.strictObject({
  name: z.string().regex(HEADER, 'must be the name of a header'),
  value: z.string(),
});
const headerModifier = z.strictObject({
  set: z.array(header).optional(),
  add: z.array(header).optional(),
  remove: z.array(z.string()).optional(),
});
const path = z.strictObject({
  type: z.enum(['ReplaceFullPath', 'ReplacePrefixMatch']),
  replaceFullPath: z.string().optional(),
  replacePrefixMatch: z.string().optional(),
});
const filter = z.looseObject({
  type: z.enum([
    'RequestHeaderModifier',
    'ResponseHeaderModifier',
    'RequestMirror',
    'RequestRedirect',
    'URLRewrite',
    'ExtensionRef',
    'CORS',
  ]),
  requestHeaderModifier: headerModifier.optional(),
  responseHeaderModifier: headerModifier.optional(),
  requestRedirect: z
    .strictObject({
      scheme: z.enum(['http', 'https']).optional(),
      hostname: z.string().optional(),
      path: path.optional(),
      port: z.number().int().min(1).max(65535).optional(),
      statusCode: z.number().int().optional(),
    })
    .optional(),
  urlRewrite: z
    .strictObject({ hostname: z.string().optional(), path: path.optional() })
    .optional(),
});
const reference = {
  group: z.string().optional(),
  kind: z.string().optional(),
  name: z.string(),
  namespace: z.string().optional(),
  port: z.number().int().min(1).max(65535).optional(),
};
const valueMatch = z.strictObject({
  type: z.enum(['Exact', 'RegularExpression']).optional(),
  name: z.string().regex(HEADER),
  value: z.string(),
});
const duration = z
  .string()
  .regex(
    /^([0-9]{1,5}(h|m|s|ms)){1,4}$/,
    'must be a duration, for example 30s',
  );

/**
 * Gateway API's HTTPRoute. As in all schemas of custom resources, only the fields that teams may use; which hosts,
 * gateways and filters they are is for the policies.
 */
export const httpRouteSchema = customObject(
  z.strictObject({
    hostnames: z.array(z.string()).optional(),
    parentRefs: z
      .array(
        z.strictObject({ ...reference, sectionName: z.string().optional() }),
      )
      .optional(),
    rules: z
      .array(
        z.strictObject({
          name: z.string().optional(),
          matches: z
            .array(
              z.strictObject({
                path: z
                  .strictObject({
                    type: z
                      .enum(['Exact', 'PathPrefix', 'RegularExpression'])
                      .optional(),
                    value: z.string().optional(),
                  })
                  .optional(),
                headers: z.array(valueMatch).optional(),
                queryParams: z.array(valueMatch).optional(),
                method: z
                  .enum([
                    'GET',
                    'HEAD',
                    'POST',
                    'PUT',
                    'DELETE',
                    'CONNECT',
                    'OPTIONS',
                    'TRACE',
                    'PATCH',
                  ])
                  .optional(),
              }),
            )
            .optional(),
          filters: z.array(filter).optional(),
          backendRefs: z
            .array(
              z.strictObject({
                ...reference,
                weight: z.number().int().min(0).max(1_000_000).optional(),
                filters: z.array(filter).optional(),
              }),
            )
            .optional(),
          timeouts: z
            .strictObject({
              request: duration.optional(),
              backendRequest: duration.optional(),
            })
            .optional(),
        }),
      )
      .min(1)
      .optional(),
  }),
);

import {
  previewRequestSchema,
  previewSchema,
} from '@internal/plugin-ml-platform-common';
import { z } from 'zod';
import { defineRoute } from '../../http/defineRoute';
import type { Route } from '../../http/Route';
import { anyRequestFor } from '../../http/RoutePermission';
import type { ChangePreview } from './ChangePreview';

const bodySchema = previewRequestSchema.extend({
  values: previewRequestSchema.shape.values.and(
    z.object({ team: z.string(), group: z.string().optional() }),
  ),
});

export function createPreviewRoute(options: { preview: ChangePreview }): Route {
  return defineRoute({
    method: 'post',
    path: '/preview',
    summary: 'The changes that a form would request, without making them',
    permission: anyRequestFor(
      ({ body }: { body: z.output<typeof bodySchema> }) => body.values,
    ),
    body: bodySchema,
    response: previewSchema,
    handler: ({ body, credentials, granted, signal }) =>
      options.preview.run(body, { credentials, granted, signal }),
  });
}

import {
  previewRequestSchema,
  previewSchema,
} from '@internal/plugin-ml-platform-common';
import { z } from 'zod';
import { defineRoute } from '../../http/defineRoute';
import type { Route } from '../../http/Route';
import { changeRequestFor } from '../../http/RoutePermission';
import type { ChangePreview } from './ChangePreview';

const bodySchema = previewRequestSchema.extend({
  values: previewRequestSchema.shape.values.and(z.object({ team: z.string() })),
});

export function createPreviewRoute(options: { preview: ChangePreview }): Route {
  return defineRoute({
    method: 'post',
    path: '/preview',
    summary: 'The changes that a form would request, without making them',
    permission: changeRequestFor(
      ({ body }: { body: z.output<typeof bodySchema> }) => body.values.team,
    ),
    body: bodySchema,
    response: previewSchema,
    handler: ({ body, credentials, signal }) =>
      options.preview.run(body, { credentials, signal }),
  });
}

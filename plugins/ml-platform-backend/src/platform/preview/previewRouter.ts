import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { previewRequestSchema } from '@internal/plugin-ml-platform-common';
import type { TeamAuthorizer } from '@internal/plugin-ml-platform-node';
import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { parseRequest } from '../../http/parseRequest';
import { authorizeChangeRequest } from '../../http/authorizeChangeRequest';
import type { ChangePreview } from './ChangePreview';

const bodySchema = previewRequestSchema.extend({
  values: previewRequestSchema.shape.values.and(z.object({ team: z.string() })),
});

/** `POST /preview`: what a request would change, without any effect. */
export function createPreviewRouter(options: {
  httpAuth: HttpAuthService;
  authorizer: TeamAuthorizer;
  preview: ChangePreview;
}): Router {
  const router = PromiseRouter();

  router.post('/preview', express.json(), async (request, response) => {
    const { templateRef, values } = parseRequest(bodySchema, request.body);
    const credentials = await authorizeChangeRequest(options, request, values.team);
    response.json(
      await options.preview.run({ templateRef, values }, { credentials }),
    );
  });

  return router;
}

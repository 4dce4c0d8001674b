import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RequestHandler } from 'express';

/**
 * Replaces the error in every response with status 500, because its text was not written for users: libraries quote SQL
 * statements, hosts and paths in it, and some plugins send it unchanged. Errors for users have another status.
 */
export function hideInternalErrors(logger: LoggerService): RequestHandler {
  return (request, response, next) => {
    const json = response.json.bind(response);
    response.json = body => {
      if (response.statusCode !== 500) {
        return json(body);
      }
      const logId = randomUUID();
      const { method, originalUrl } = request;
      logger.error(`Hid an internal error from the response: ${logId}`, {
        logId,
        method,
        url: originalUrl,
        error: JSON.stringify(Object(body).error),
      });
      const message = `The portal failed to process this request. Try again, and give the platform team this ID if it fails again: ${logId}.`;
      return json({
        error: { name: 'InternalError', message },
        request: { method, url: originalUrl },
        response: { statusCode: 500 },
      });
    };
    next();
  };
}

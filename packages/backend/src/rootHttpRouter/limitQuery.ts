import { InputError } from '@backstage/errors';
import type { RequestHandler } from 'express';

/** The portal's pages name a dozen parameters, and at most a hundred values in one. */
const LIMITS = { parameters: 100, values: 500 };

/** Limits the query of a request: the catalog makes a part of its SQL, or a comparison with each entity, from each value. */
export const limitQuery: RequestHandler = (request, _, next) => {
  const query = request.originalUrl.split('?').slice(1).join('?');
  const parameters = query.split('&').length;
  const values = parameters + query.split(/,|%2c/i).length - 1;
  next(
    parameters > LIMITS.parameters || values > LIMITS.values
      ? new InputError(
          `The query has more than ${LIMITS.parameters} parameters, or more than ${LIMITS.values} values. Send it in parts.`,
        )
      : undefined,
  );
};

import { InputError } from '@backstage/errors';
import {
  findTextProblem,
  templateRefSchema,
} from '@internal/plugin-ml-platform-common';
import express, { type RequestHandler } from 'express';

/** As the scaffolder parses bodies; it leaves those alone that are parsed already. */
const BODY_LIMIT = '10MB';

/**
 * Refuses what the scaffolder reads without a check, and values with invisible characters, for every template. Its errors
 * name the field.
 */
export const parseTaskBody: RequestHandler[] = [
  express.json({ limit: BODY_LIMIT }),
  ({ body }, _, next) => {
    const { templateRef, values } = Object(body);
    if (!templateRefSchema.safeParse(templateRef).success) {
      throw new InputError(
        'templateRef must be the reference of a template, for example "template:default/ml-service".',
      );
    }
    const found = findTextProblem(values);
    if (found) {
      throw new InputError(
        `${found.path.join('.') || 'A name of a field'} ${found.problem}`,
      );
    }
    next();
  },
];

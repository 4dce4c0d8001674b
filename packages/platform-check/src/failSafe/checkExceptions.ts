import {
  type CheckMessage,
  checkResult,
  type Layout,
} from '@internal/plugin-ml-platform-node/validation';
import type { Section } from '../Report';
import { readFailSafe } from './readFailSafe';

const EXCEPTIONS = [
  'exceptions',
  'Exceptions have an owner, a reason and an end',
] as const;
const REMEDY =
  'Run yarn platform-check --blocked-images, and commit what it writes.';

/**
 * Checks the files of exceptions, and that the parameter object has exactly these. Expired ones may remain in both until the next
 * rendering: they do not count.
 */
export async function checkExceptions({
  repository,
  layout,
}: {
  repository: string;
  layout: Layout;
}): Promise<Section> {
  const title = layout.exceptions;
  const read = await readFailSafe(repository, layout).catch((error: Error) => {
    if (error.name !== 'InputError') {
      throw error;
    }
    return error.message;
  });
  if (read === undefined) {
    return { title, checks: [] };
  }
  if (typeof read === 'string') {
    const problem = { path: layout.blockedImages, text: read };
    return { title, checks: [checkResult(...EXCEPTIONS, [problem])] };
  }
  const { file, exceptions, problems } = read;
  const today = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
  const written = file.exceptions.map(textOf);
  const wanted = exceptions.map(textOf);
  const messages: CheckMessage[] = [
    ...problems.map(({ path, line, text }) => ({
      path: `${path}:${line}`,
      text,
    })),
    ...written
      .filter(text => !wanted.includes(text))
      .map(text => ({
        path: layout.blockedImages,
        text: `No file of ${layout.exceptions} has the exception "${text}". ${REMEDY}`,
      })),
    ...exceptions
      .filter(({ expires }) => expires >= today)
      .map(textOf)
      .filter(text => !written.includes(text))
      .map(text => ({
        path: layout.blockedImages,
        text: `The exception "${text}" is missing here. ${REMEDY}`,
      })),
  ];
  return {
    title,
    checks: messages.length > 0 ? [checkResult(...EXCEPTIONS, messages)] : [],
  };
}

function textOf({
  team,
  subject,
  expires,
}: {
  team: string;
  subject: string;
  expires: string;
}): string {
  return `${team} ${subject} ${expires}`;
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FakeObject } from '@internal/plugin-ml-platform-node/testing';
import { parseAllDocuments } from 'yaml';

/** Objects of a cluster from `__fixtures__/cases`, each file after a public report of people who run such platforms. */
export function readCase(name: string): FakeObject[] {
  const file = path.join(__dirname, '../__fixtures__/cases', `${name}.yaml`);
  return parseAllDocuments(readFileSync(file, 'utf8')).map(
    document => document.toJS() as FakeObject,
  );
}

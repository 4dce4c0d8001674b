import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { missingRowSchema, rowSchema, type Row } from './rowSchema';

// This package always runs from source, in a checkout.
// eslint-disable-next-line no-restricted-syntax
const DIRECTORY = join(__dirname, 'table');
/** Sentences that cannot be caused here, and why. */
const NOT_CAUSED = 'not-caused.yaml';

interface Table {
  rows: Row[];
  notCaused: z.infer<typeof missingRowSchema>[];
}

/** Reads what the portal has to say, and about what. */
export async function readTable(): Promise<Table> {
  const files = (await readdir(DIRECTORY)).filter(
    name => name.endsWith('.yaml') && name !== NOT_CAUSED,
  );
  const rows: Row[] = [];
  for (const file of files.sort()) {
    rows.push(...z.array(rowSchema).parse(await readYaml(file)));
  }
  return {
    rows,
    notCaused: z.array(missingRowSchema).parse(await readYaml(NOT_CAUSED)),
  };
}

async function readYaml(file: string): Promise<unknown> {
  return parse(await readFile(join(DIRECTORY, file), 'utf8'));
}

import { readFile } from 'node:fs/promises';

/** The sorted types of resources and data sources in a directory tree. */
export interface UsedTypes {
  resources: string[];
  dataSources: string[];
}

export async function usedTypes(files: string[]): Promise<UsedTypes> {
  const resources = new Set<string>();
  const dataSources = new Set<string>();
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    for (const [, kind, type] of text.matchAll(
      /^\s*(resource|data)\s+"(\w+)"/gm,
    )) {
      (kind === 'resource' ? resources : dataSources).add(type);
    }
  }
  return {
    resources: [...resources].sort(),
    dataSources: [...dataSources].sort(),
  };
}

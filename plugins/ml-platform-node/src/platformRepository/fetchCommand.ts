/** Git's arguments of a fetch that transfers commits and trees alone, and writes nothing beside its refs. */
export const FETCH_COMMAND = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-write-fetch-head',
  '--recurse-submodules=no',
  '--filter=blob:none',
];

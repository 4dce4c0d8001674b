import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  notReproducedSchema,
  scenarioSchema,
  type Scenario,
} from './scenarioSchema';

// This package always runs from source, in a checkout.
// eslint-disable-next-line no-restricted-syntax
const DIRECTORY = join(__dirname, 'scenarios');
/** Reasons that the real platform cannot produce, and why. */
const NOT_REPRODUCED = 'not-reproduced.yaml';

interface Scenarios {
  scenarios: Scenario[];
  notReproduced: z.infer<typeof notReproducedSchema>[];
}

/** Reads the YAML files in `scenarios/`. */
export async function readScenarios(): Promise<Scenarios> {
  const files = (await readdir(DIRECTORY)).filter(
    name => name.endsWith('.yaml') && name !== NOT_REPRODUCED,
  );
  const scenarios: Scenario[] = [];
  for (const file of files.sort()) {
    scenarios.push(...z.array(scenarioSchema).parse(await readYaml(file)));
  }
  return {
    scenarios,
    notReproduced: z
      .array(notReproducedSchema)
      .parse(await readYaml(NOT_REPRODUCED)),
  };
}

async function readYaml(file: string): Promise<unknown> {
  return parse(await readFile(join(DIRECTORY, file), 'utf8'));
}

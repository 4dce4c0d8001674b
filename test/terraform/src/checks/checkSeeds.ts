import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inParallel } from '../inParallel';
import { Report } from '../Report';
import type { Workspace } from '../terraform/Workspace';
import { checkModule } from './checkModule';
import { structureProblems } from './checkStructure';
import { type Seed, seeds } from './seeds';

/** Seeds typical mistakes into a copy, and expects helpful messages from the checks. */
export async function checkSeeds(
  workspace: Workspace,
  report: Report,
): Promise<void> {
  await inParallel(seeds, async seed => {
    const copy = await workspace.copy();
    try {
      report.judge(`seeded: ${seed.name}`, await missing(copy, seed));
    } finally {
      await copy.remove();
    }
  });
}

async function missing(copy: Workspace, seed: Seed): Promise<string[]> {
  const file = join(copy.directory, seed.module, seed.file);
  const text = await readFile(file, 'utf8');
  if (!text.includes(seed.replace[0])) {
    return [
      `${seed.module}/${seed.file} no longer contains \`${seed.replace[0]}\`: change the seed.`,
    ];
  }
  await writeFile(file, text.replace(...seed.replace));

  const lines: string[] = [];
  const broken = new Report(line => lines.push(line));
  // With the same module of the other provider, and the roots of other teams.
  const related = (await copy.modules()).filter(
    module => basename(module) === basename(seed.module),
  );
  for (const [name, problems] of await structureProblems(copy, related)) {
    broken.judge(name, problems);
  }
  if (!broken.failed) {
    await checkModule(copy, seed.module, broken);
  }
  // Terraform wraps its lines.
  const reported = lines
    .filter(line => !line.startsWith('ok'))
    .join(' ')
    .replace(/\s+/g, ' ');
  if (!broken.failed) {
    return ['The mistake went unnoticed.'];
  }
  const unreported = seed.messages.filter(part => !reported.includes(part));
  return unreported.map(part => `Expected: ${part}\nReported: ${reported}`);
}

import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkRepository } from './checkRepository';
import { writeInstalled } from './installed/writeInstalled';
import { problemCount } from './Report';
import { markdownReport } from './report/markdownReport';
import { terminalReport } from './report/terminalReport';

const USAGE = `platform-check: what a change of the platform repository breaks, and who has to approve it

  platform-check --base <commit>   checks what differs between the commit and the files as they are
  platform-check --write           writes CODEOWNERS and the workflows to the repository's root

  --base <commit>      commit, branch or tag that the change starts from (default origin/main)
  --repository <path>  a clone of the platform repository (default: here)
  --root <directory>   where gitops/ and terraform/ are in it (default infra; . for the root)
  --team <team>        the team that made the change: it can change its own workloads only
  --markdown           writes a comment for a pull request instead of text for a terminal

Exit codes: 0 no problems, 1 problems to mend, 2 the check could not run.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      base: { type: 'string', default: 'origin/main' },
      help: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      repository: { type: 'string', default: '.' },
      root: { type: 'string', default: 'infra' },
      team: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  // Yarn runs a script in its package; people mean the directory that they are in.
  const repository = path.resolve(
    process.env.INIT_CWD ?? '.',
    values.repository,
  );
  const { root: rootDirectory, base, team } = values;
  if (values.write) {
    const files = await writeInstalled({ repository, rootDirectory });
    console.log(`Written: ${files.join(', ')}`);
    return 0;
  }
  const report = await checkRepository({
    repository,
    rootDirectory,
    base,
    team,
  });
  console.log(
    values.markdown ? markdownReport(report) : terminalReport(report),
  );
  return problemCount(report) > 0 ? 1 : 0;
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    const message = error instanceof Error ? error.message : String(error);
    console.error(`platform-check could not run: ${message}\n\n${USAGE}`);
    process.exitCode = 2;
  },
);

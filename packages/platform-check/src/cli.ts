import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkRepository } from './checkRepository';
import { writeRendered } from './plan/writeRendered';
import { writeBlockedImages } from './failSafe/writeBlockedImages';
import { problemCount } from './Report';
import { markdownReport } from './report/markdownReport';
import { postComment } from './report/postComment';
import { terminalReport } from './report/terminalReport';
import { affectedRoots } from './affectedRoots';

const USAGE = `platform-check: what a change of the platform repository breaks, and who has to approve it

  platform-check --base <commit>           checks what differs between the commit and the files as they are
  platform-check --terraform-roots         says which team roots to plan and to apply, as outputs of a workflow's step
  platform-check --blocked-images          writes the images that are not newly deployed, from reports and exceptions (gitops/policies)
  platform-check --render                  writes what follows from platform.yaml and tenants/*/tenant.yaml (yarn platform:render)

  --base <commit>      commit, branch or tag that the change starts from (default origin/main)
  --repository <path>  a clone of the platform repository (default: here)
  --root <directory>   where gitops/ and terraform/ are in it (default infra; . for the root)
  --team <team>        the team that made the change: it can change its own workloads only
  --install            with --render: CODEOWNERS and workflows at the repository's root, too, where there are none yet
  --reports <file>     with --blocked-images: what kubectl get vulnerabilityreports --all-namespaces --output=json writes. Once for each
                       cluster; without it only the exceptions are written again
  --markdown           writes a comment for a pull request instead of text for a terminal
  --comment <number>   posts that comment, too (with GITHUB_API_URL, GITHUB_REPOSITORY and GITHUB_TOKEN)

Exit codes: 0 no problems, 1 problems to fix, 2 the check could not run.`;

function readArguments() {
  const { values } = parseArgs({
    options: {
      base: { type: 'string', default: 'origin/main' },
      'blocked-images': { type: 'boolean', default: false },
      comment: { type: 'string' },
      help: { type: 'boolean', default: false },
      install: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      render: { type: 'boolean', default: false },
      reports: { type: 'string', multiple: true, default: [] },
      repository: { type: 'string', default: '.' },
      root: { type: 'string', default: 'infra' },
      team: { type: 'string' },
      'terraform-roots': { type: 'boolean', default: false },
    },
  });
  // Yarn changes to the package's directory; users mean their own.
  const resolve = (file: string) =>
    path.resolve(process.env.INIT_CWD ?? '.', file);
  return {
    ...values,
    repository: resolve(values.repository),
    reports: values.reports.map(resolve),
    rootDirectory: values.root,
  };
}

async function main(): Promise<number> {
  const options = readArguments();
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  if (options.render) {
    const { written, deleted } = await writeRendered(options);
    written.forEach(file => console.log(`written  ${file}`));
    deleted.forEach(file => console.log(`deleted  ${file}`));
    console.log(
      written.length + deleted.length > 0
        ? 'Review the changes, and commit them.'
        : 'Everything is up to date.',
    );
    return 0;
  }
  if (options['blocked-images']) {
    console.log(
      (await writeBlockedImages(options))
        ? 'Review the changes, and commit them.'
        : 'Everything is up to date.',
    );
    return 0;
  }
  if (options['terraform-roots']) {
    for (const [name, roots] of Object.entries(await affectedRoots(options))) {
      console.log(`${name}=${JSON.stringify(roots)}`);
    }
    return 0;
  }
  return check(options);
}

async function check(
  options: ReturnType<typeof readArguments>,
): Promise<number> {
  const report = await checkRepository(options);
  const { comment, markdown } = options;
  console.log(markdown ? markdownReport(report) : terminalReport(report));
  if (comment) {
    try {
      await postComment(Number(comment), markdownReport(report), process.env);
    } catch (error) {
      // The log has the report, too.
      console.error(error instanceof Error ? error.message : error);
    }
  }
  return problemCount(report) > 0 ? 1 : 0;
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    const message = error instanceof Error ? error.message : String(error);
    console.error(
      `platform-check could not run: ${message}\nplatform-check --help says how it is used.`,
    );
    process.exitCode = 2;
  },
);

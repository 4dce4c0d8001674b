import {
  readPlatformFiles,
  renderPlatform,
} from '@internal/plugin-ml-platform-node/plan';
import {
  type Layout,
  checkResult,
  skippedCheck,
} from '@internal/plugin-ml-platform-node/validation';
import type { Section } from '../Report';

const RENDERED = 'What is rendered from the plan is up to date';
const REMEDY = 'Run yarn platform:render, and commit what it writes.';

/** Checks the plan, and that all rendered files match it. */
export async function checkPlan(context: {
  repository: string;
  layout: Layout;
}): Promise<Section> {
  const { repository, layout } = context;
  const files = await readPlatformFiles(repository, layout.rootDirectory);
  const { problems, leftOver, installed, ...rendered } = renderPlatform(files);
  const plan = checkResult(
    'plan',
    'The plan of the platform is valid',
    problems.map(({ path, line, text }) => ({
      path: `${path}:${line}`,
      text,
    })),
  );
  if (problems.length > 0) {
    const why = 'The plan is not valid, so that nothing was compared.';
    return {
      title: 'The plan',
      checks: [plan, skippedCheck('rendered', RENDERED, why)],
    };
  }
  const different = [...rendered.files]
    .filter(([path, content]) => files.read(path) !== content)
    .map(([path]) => ({
      path,
      text: `${
        files.read(path) === undefined
          ? 'This file is missing.'
          : 'This file differs from the plan.'
      } ${REMEDY}`,
    }));
  const old = leftOver.map(path => ({
    path,
    text: `This file is no longer in the plan. ${REMEDY}`,
  }));
  return {
    title: 'The plan',
    checks: [
      plan,
      checkResult('rendered', RENDERED, [...different, ...old]),
      ...(installed
        ? []
        : [
            skippedCheck(
              'installed',
              'CODEOWNERS and workflows are installed',
              'Neither is installed in this repository. Run yarn platform:render --install, and commit what it writes.',
            ),
          ]),
    ],
  };
}

import { ConfigSources } from '@backstage/config-loader';
import { findProductionProblems } from './findProductionProblems';

/**
 * Checks the configuration of the command line before anything starts.
 *
 * @returns why the portal must not start: each value that production must not have, and what to set
 */
export async function productionRefusal(
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const config = await ConfigSources.toConfig(
    ConfigSources.default({ watch: false }),
  );
  const problems = findProductionProblems(config, environment);
  return problems.length === 0
    ? undefined
    : [
        'The portal does not start, because its configuration is not safe for production:',
        ...problems.map(problem => `- ${problem}`),
        'See docs/guides/production.md.',
      ].join('\n');
}

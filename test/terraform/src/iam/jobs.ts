import type { Claims, Purpose } from './TeamRoles';

const REPOSITORY = 'example/platform';
const WORKFLOW = `${REPOSITORY}/.github/workflows/terraform.yaml@refs/heads/main`;

const inEnvironment = (
  name: string,
  changed: Partial<Claims> = {},
): Claims => ({
  sub: `repo:${REPOSITORY}:environment:${name}`,
  job_workflow_ref: WORKFLOW,
  ...changed,
});

/** The job that takes the role. */
export const trustedJob = (purpose: Purpose) =>
  inEnvironment(`app-ml-team--dev-${purpose}`);

/** Jobs that get no role of app-ml-team in dev. */
export const STRANGE_JOBS: Claims[] = [
  // Jobs outside of the environments: what a branch or a pull request runs.
  ...['pull_request', 'ref:refs/heads/main', 'ref:refs/heads/attack'].map(
    context => ({
      sub: `repo:${REPOSITORY}:${context}`,
      job_workflow_ref: WORKFLOW,
    }),
  ),
  ...['plan', 'apply'].flatMap(purpose => {
    const environment = `app-ml-team--dev-${purpose}`;
    return [
      // Any workflow of any branch can name an environment: the workflow as a branch, a pull request or a fork has it, another one.
      ...[
        WORKFLOW.replace('refs/heads/main', 'refs/heads/attack'),
        WORKFLOW.replace('refs/heads/main', 'refs/pull/7/merge'),
        WORKFLOW.replace('terraform.yaml', 'other.yaml'),
        WORKFLOW.replace('example/', 'attacker/'),
        '*',
      ].map(workflow =>
        inEnvironment(environment, { job_workflow_ref: workflow }),
      ),
      inEnvironment(environment, {
        sub: `repo:attacker/platform:environment:${environment}`,
      }),
      inEnvironment(environment, { aud: 'https://github.com/example' }),
    ];
  }),
  // Other teams, other environments, and the environment without its purpose.
  ...[
    'app-data-team--dev-plan',
    'app-data-team--dev-apply',
    'app-ml-team--prod-plan',
    'app-ml-team--prod-apply',
    'app-ml-team--dev',
    '*',
  ].map(name => inEnvironment(name)),
];

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const text = readFileSync(
  path.resolve(__dirname, '../../../../infra/ci/workflows/platform.yaml'),
  'utf8',
);
interface Step {
  name?: string;
  uses?: string;
  run?: string;
}
const workflow: {
  permissions: Record<string, string>;
  jobs: Record<
    string,
    {
      steps: Step[];
      environment?: string;
      permissions: Record<string, string>;
      if?: string;
    }
  >;
} = parse(text);
const steps = Object.values(workflow.jobs).flatMap(job => job.steps);

describe('the workflow of the platform repository', () => {
  it('pins actions to commits', () => {
    const actions = steps.flatMap(({ uses }) => uses ?? []);
    expect(actions.length).toBeGreaterThan(5);
    for (const action of actions) {
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    }
  });

  it('uses neither user input in scripts nor secrets', () => {
    for (const { run } of steps) {
      expect(run ?? '').not.toContain('${{');
    }
    expect(text).not.toMatch(/\bsecrets\./);
  });

  it('has one role per root, with write permissions for merged changes only', () => {
    const { plan, apply, check } = workflow.jobs;
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(check.permissions).not.toHaveProperty('id-token');
    expect(JSON.stringify(plan.steps)).toContain(
      'role/pipelines/${{ matrix.name }}-plan',
    );
    expect(JSON.stringify(apply.steps)).toContain(
      'role/pipelines/${{ matrix.name }}-apply',
    );
    expect(plan.if).toContain("github.event_name == 'pull_request'");
    expect(apply.if).toContain("github.event_name == 'push'");
    expect(apply.environment).toBe('${{ matrix.name }}');
    expect(plan).not.toHaveProperty('environment');
  });
});

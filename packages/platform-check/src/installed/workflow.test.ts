import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { TestRepository } from '../__testUtils__/TestRepository';
import { writeRendered } from '../plan/writeRendered';

interface Step {
  name?: string;
  uses?: string;
  run?: string;
}
interface Job {
  steps?: Step[];
  uses?: string;
  environment?: string;
  permissions: Record<string, string>;
  if?: string;
}
interface Workflow {
  text: string;
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

function read(name: string): Workflow {
  const file = path.resolve(
    __dirname,
    `../../../../infra/ci/workflows/${name}.yaml`,
  );
  const text = readFileSync(file, 'utf8');
  return { text, ...parse(text) };
}

const platform = read('platform');
const terraform = read('terraform');

describe.each([
  ['platform', platform],
  ['terraform', terraform],
])('the workflow %s', (_, { text, permissions, jobs }) => {
  const steps = Object.values(jobs).flatMap(job => job.steps ?? []);

  it('pins actions to commits', () => {
    const actions = steps.flatMap(({ uses }) => uses ?? []);
    expect(actions.length).toBeGreaterThan(2);
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

  it('may read only, unless a job says otherwise', () => {
    expect(permissions).toEqual({ contents: 'read' });
  });
});

describe('roles in AWS', () => {
  it('are for the workflow of the default branch, which nobody starts by itself', async () => {
    expect(Object.keys(terraform.on)).toEqual(['workflow_call']);
    const signedIn = ({ jobs }: Workflow) =>
      Object.keys(jobs).filter(name => 'id-token' in jobs[name].permissions);
    // What calls a workflow must have at least its permissions.
    expect(signedIn(platform)).toEqual(['terraform']);
    expect(platform.jobs.terraform).not.toHaveProperty('steps');

    const repository = await TestRepository.create();
    try {
      await writeRendered({
        repository: repository.directory,
        rootDirectory: 'infra',
        install: true,
      });
      expect(
        parse(
          readFileSync(
            path.join(repository.directory, '.github/workflows/platform.yaml'),
            'utf8',
          ),
        ).jobs.terraform.uses,
      ).toBe('acme/platform/.github/workflows/terraform.yaml@main');
    } finally {
      await repository.delete();
    }
  });

  it.each([
    ['plan', "github.event_name == 'pull_request'"],
    [
      'apply',
      "github.event_name == 'push' && github.ref_name == github.event.repository.default_branch",
    ],
  ])(
    'for %s are one per root, in the environment of that name',
    (purpose, condition) => {
      const job = terraform.jobs[purpose];
      expect(job.environment).toBe(`\${{ matrix.name }}-${purpose}`);
      expect(JSON.stringify(job.steps)).toContain(
        `role/pipelines/\${{ matrix.name }}-${purpose}`,
      );
      expect(job.if).toContain(condition);
    },
  );
});

import { eventually } from '@internal/plugin-ml-platform-node/testing';
import { inCatalog } from '../inCatalog';
import type { RunningPortal } from '../RunningPortal';
import { DeploymentClient, TEAM } from './DeploymentClient';
import { ForgeClient } from './ForgeClient';

const NAME = 'training-test';
const IN_DEV = { team: TEAM, name: NAME, environment: 'dev' };
const VALUES = {
  team: TEAM,
  name: NAME,
  description: 'Goes from the form to a finished run.',
  image: 'ghcr.io/acme/training-test:1.0.0',
  parameters: [{ name: 'epochs', value: '20' }],
  gpus: 0,
  size: 'small',
  timeLimitHours: 1,
  retries: 0,
};

/** Tests of the way from the form to finished training runs, through the routes that the pages call, on any target. */
// eslint-disable-next-line jest/no-export -- Not a test file: each target has one that calls it.
export function describeTraining(portal: () => RunningPortal) {
  const client = new DeploymentClient(portal);

  beforeAll(() =>
    inCatalog(
      portal(),
      ['training-job', 'training-run', 'cancel-run'].map(
        template => `template/default/${template}`,
      ),
    ),
  );

  async function request(template: string, values: object) {
    const { output, error } = await client.runTask(
      values,
      `template:default/${template}`,
    );
    expect(error).toBeUndefined();
    const forge = new ForgeClient(portal().target.forge);
    const number = Number(output.pullRequest.url.split('/').at(-1));
    const pull = await forge.mergeable(number);
    await forge.merge(number, pull.head.sha);
  }

  async function runs() {
    const { jobs } = await client.workload(NAME);
    return new Map(jobs.map(job => [job.run, job]));
  }

  /** A new platform first syncs its other Applications. */
  const succeeded = (name: string) =>
    eventually(
      async () => {
        const run = (await runs()).get(name);
        expect(run).toMatchObject({ state: 'Succeeded', failures: 0 });
        return run;
      },
      { seconds: 500 },
    );

  it('trains with the first run, and again with other parameters', async () => {
    await request('training-job', VALUES);
    const first = await succeeded(`${NAME}-1`);

    await request('training-run', {
      ...IN_DEV,
      parameters: [{ name: 'epochs', value: '40' }],
    });
    await succeeded(`${NAME}-2`);
    expect((await runs()).get(`${NAME}-1`)).toEqual(first);
  });

  it('deletes the Job of a cancelled run alone, and all when the training job is removed', async () => {
    await request('cancel-run', { ...IN_DEV, run: `${NAME}-1` });
    const names = (expected: string[]) =>
      eventually(
        async () => expect([...(await runs()).keys()]).toEqual(expected),
        { seconds: 200 },
      );
    await names([`${NAME}-2`]);

    await request('training-job', { ...VALUES, ...IN_DEV, mode: 'remove' });
    await names([]);
  });
}

import { eventually } from '@internal/plugin-ml-platform-node/testing';
import { unusedActionTemplate } from '../inventory/scaffolderActions';
import type { RunningPortal } from '../RunningPortal';
import { PERSONAS, PLATFORM } from './permissionRoutes';

const TASKS = '/api/scaffolder/v2/tasks';
const SERVICE = {
  team: 'app-ml-team',
  name: 'permission-test',
  description: 'Tests permissions.',
  image: 'ghcr.io/acme/permission-test:1.0.0',
  port: 8080,
  size: 'small',
};

/** Tests of the permissions of scaffolder tasks. */
// eslint-disable-next-line jest/no-export -- Not a test file: portal.test.ts calls it.
export function describeTasks(portal: () => RunningPortal) {
  const finish = (id: string): Promise<string> =>
    eventually(async () => {
      const { body } = await portal().send(PLATFORM, 'get', `${TASKS}/${id}`);
      expect(['completed', 'failed', 'cancelled']).toContain(body.status);
      return body.status;
    });

  it('run the actions of a golden path, visible to their creator and the platform team', async () => {
    const created = await portal().send('ml-engineer', 'post', TASKS, {
      templateRef: 'template:default/ml-service',
      values: SERVICE,
    });
    expect(created.status).toBe(201);
    const task = `${TASKS}/${created.body.id}`;
    expect(await finish(created.body.id)).toBe('completed');

    const personasBy = {
      get: [] as string[],
      list: [] as string[],
      cancel: [] as string[],
    };
    for (const persona of PERSONAS) {
      const get = await portal().send(persona, 'get', task);
      const list = await portal().send(persona, 'get', TASKS);
      const cancel = await portal().send(persona, 'post', `${task}/cancel`);
      const include = (personas: string[], isAllowed: boolean) =>
        isAllowed && personas.push(persona);
      include(personasBy.get, get.status === 200);
      include(personasBy.list, list.body.tasks.length > 0);
      include(personasBy.cancel, cancel.status === 200);
    }
    const allowed = ['ml-engineer', PLATFORM];
    expect(personasBy).toEqual({
      get: allowed,
      list: allowed,
      cancel: allowed,
    });
    expect((await portal().send(undefined, 'get', task)).status).toBe(401);
    expect((await portal().send(undefined, 'post', TASKS, {})).status).toBe(
      401,
    );
  });

  it('that a person may not see look like tasks that do not exist', async () => {
    const { body } = await portal().send('ml-engineer', 'post', TASKS, {
      templateRef: `template:default/${unusedActionTemplate('fetch:plain')}`,
      values: {},
    });
    await finish(body.id);
    const requests = [
      ['get', ''],
      ['get', '/events'],
      ['get', '/eventstream'],
      ['post', '/cancel'],
      ['post', '/retry'],
    ] as const;
    for (const [method, path] of requests) {
      const [hidden, missing] = await Promise.all(
        [body.id, 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'].map(id =>
          portal().send('data-engineer', method, `${TASKS}/${id}${path}`, {}),
        ),
      );
      expect(hidden.status).toBe(404);
      expect(missing.status).toBe(404);
      expect(hidden.body.error).toEqual(missing.body.error);
    }
  });

  it.each(['ml-engineer', PLATFORM])(
    'stop at an action that no golden path uses, even for the %s',
    async persona => {
      const created = await portal().send(persona, 'post', TASKS, {
        templateRef: `template:default/${unusedActionTemplate('fetch:plain')}`,
        values: {},
      });
      const { id } = created.body;

      expect(await finish(id)).toBe('failed');

      const events = await portal().send(
        persona,
        'get',
        `${TASKS}/${id}/events`,
      );
      expect(JSON.stringify(events.body)).toContain(
        'Unauthorized action: fetch:plain',
      );
    },
  );
}

/**
 * Pauses tasks of the portal between two steps and around the request that opens a pull request, so that tests can kill the
 * process exactly there. Load it before the backend.
 */
import type { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  PAUSE_VARIABLE,
  type PausedMessage,
  type PauseOrder,
} from './pausePoints';

const { points, stopsProcess }: PauseOrder = JSON.parse(
  process.env[PAUSE_VARIABLE] ?? '{"points":{}}',
);
const workloads = new Map<string, unknown>();

const file = require.resolve('@backstage/plugin-scaffolder-node');
require(file);
const scaffolderNode: { createTemplateAction: typeof createTemplateAction } =
  require.cache[file]!.exports;
const create = scaffolderNode.createTemplateAction;
scaffolderNode.createTemplateAction = action =>
  create({
    ...action,
    handler: async context => {
      if (!action.id.startsWith('ml-platform:')) {
        // Our actions run others, without a task.
        await action.handler(context);
        return;
      }
      const step = action.id.split(':').at(-1);
      const { id } = context.task;
      workloads.set(id, Object(context.input).workload ?? workloads.get(id));
      await pause(`before ${step}`, workloads.get(id));
      await action.handler(context);
      await pause(`after ${step}`, workloads.get(id));
    },
  });

const send = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const opens = init?.method === 'POST' && /\/pulls$/.test(String(input));
  const workload =
    opens && JSON.parse(String(init.body)).head.split('/').at(-1);
  await pause('before opening', workload);
  const response = await send(input, init);
  await pause('after opening', workload);
  return response;
};

async function pause(point: string, workload: unknown): Promise<void> {
  if (typeof workload !== 'string' || points[workload] !== point) {
    return;
  }
  const message: PausedMessage = { type: 'paused', workload };
  await new Promise(sent => process.send?.(message, sent));
  if (stopsProcess) {
    process.kill(process.pid, 'SIGSTOP');
  } else {
    await new Promise(() => {});
  }
}

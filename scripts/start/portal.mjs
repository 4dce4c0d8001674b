import { step } from '../setup/report.mjs';
import { backend, backendIsUp, invitation } from './backend.mjs';
import { startSandbox } from './sandbox.mjs';
import { runService } from './services.mjs';

/** Runs sandbox and backend until one of them ends. */
export async function runPortal(tools) {
  const sandbox = await startSandbox(tools);
  const backendEnded = await step(
    { title: 'Starting the backend', usually: '20 seconds' },
    async () => {
      const ended = runService(
        backend({ configs: ['app-config.yaml'] }, tools),
        tools,
      );
      await Promise.race([backendIsUp(), ended, sandbox.ended]);
      return { ended };
    },
  );
  console.log(
    [
      '',
      ...invitation(),
      'Ctrl-C ends it. Logs are in .data/logs; warnings and errors also appear here.',
      '',
    ].join('\n'),
  );
  await Promise.race([sandbox.ended, backendEnded.ended]);
}

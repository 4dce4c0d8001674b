import { step } from '../setup/report.mjs';
import { backend, waitForBackend, signInInstructions } from './backend.mjs';
import { cloneCommand, startSandbox } from './sandbox.mjs';
import { runService } from './services.mjs';

/** Runs the sandbox and the backend until one of them exits. */
export async function runPortal(tools) {
  const sandbox = await startSandbox(tools);
  const backendService = await step(
    { title: 'Starting the backend', usually: '20 seconds' },
    async () => {
      const exited = runService(
        backend({ configs: ['app-config.yaml'] }, tools),
        tools,
      );
      await Promise.race([waitForBackend(), exited, sandbox.exited]);
      return { exited };
    },
  );
  console.log(
    [
      '',
      ...signInInstructions(),
      `Clone the platform repository: ${cloneCommand}`,
      'Press Ctrl-C to stop it. Logs are in .data/logs; warnings and errors also appear here.',
      '',
    ].join('\n'),
  );
  await Promise.race([sandbox.exited, backendService.exited]);
}

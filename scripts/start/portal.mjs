import { step } from '../setup/report.mjs';
import { readPersonas } from './personas.mjs';
import { waitFor } from './readiness.mjs';
import { startSandbox } from './sandbox.mjs';
import { runService } from './services.mjs';

const URL_TO_OPEN = 'http://localhost:7007';

/** Runs sandbox and backend until one of them ends. */
export async function runPortal(tools) {
  const sandbox = await startSandbox(tools);
  const personas = readPersonas();
  const backendEnded = await step(
    { title: 'Starting the backend', usually: '20 seconds' },
    async () => {
      const ended = runService(
        {
          name: 'backend',
          directory: 'packages/backend',
          entry: 'src/index.ts',
          args: ['--config', '../../app-config.yaml'],
          // "production" would refuse the sandbox's sign-in; "development" would put stack traces into answers.
          environment: { ...tools.environment, NODE_ENV: 'sandbox' },
        },
        tools,
      );
      await Promise.race([isUp(personas[0]), ended, sandbox.ended]);
      return { ended };
    },
  );
  console.log(
    [
      '',
      `The portal is ready. Open ${URL_TO_OPEN} and sign in, without a password, as`,
      ...personas.map(({ title, description }) => `  ${title}: ${description}`),
      'Ctrl-C ends it. Logs are in .data/logs; warnings and errors also appear here.',
      '',
    ].join('\n'),
  );
  await Promise.race([sandbox.ended, backendEnded.ended]);
}

/** Until people can sign in: the catalog reads them after the backend is ready. */
async function isUp({ user }) {
  await waitFor(`${URL_TO_OPEN}/.backstage/health/v1/readiness`, {
    what: 'The backend',
    seconds: 180,
    isReady: response => response.ok,
  });
  await waitFor(`${URL_TO_OPEN}/api/auth/sandbox/refresh?persona=${user}`, {
    what: 'Sign-in',
    seconds: 90,
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
    isReady: response => response.ok,
  });
}

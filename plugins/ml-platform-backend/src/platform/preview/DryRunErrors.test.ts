import { mockServices } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import { DryRunErrors } from './DryRunErrors';

const logger = mockServices.logger.mock();
const errors = new DryRunErrors({ logger });

async function rethrown(name: string, message: string): Promise<Error> {
  const body = {
    error: { name, message, stack: 'at /srv/portal/a.js' },
    response: { statusCode: 500 },
  };
  const response = new Response(JSON.stringify(body), {
    status: 500,
    headers: { 'content-type': 'application/json' },
  });
  try {
    return errors.rethrow(await ResponseError.fromResponse(response));
  } catch (error) {
    return error as Error;
  }
}

it('passes on messages that are written for people', async () => {
  await expect(
    rethrown('NotAllowedError', 'You are not a member of x.'),
  ).resolves.toMatchObject({
    name: 'NotAllowedError',
    message: 'You are not a member of x.',
  });
  await expect(
    rethrown(
      'Error',
      'Template filter "yaml" failed: A value contains U+0085.',
    ),
  ).resolves.toMatchObject({
    name: 'InputError',
    message: 'A value contains U+0085.',
  });
});

it('replaces other errors with a reference to the log', async () => {
  const error = await rethrown(
    'Error',
    'ENOENT: no such file or directory, open /srv/portal/work/skeleton/a.yaml',
  );
  expect(error.name).toBe('ServiceUnavailableError');
  const [, reference] = /reference ([0-9a-f]{8})/.exec(error.message) ?? [];
  expect(error.message).not.toContain('/srv');
  expect(logger.error).toHaveBeenCalledWith(expect.stringContaining(reference));
});

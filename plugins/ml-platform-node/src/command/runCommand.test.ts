import { tmpdir } from 'node:os';
import { CommandTimeoutError, runCommand } from './runCommand';

const options = {
  environment: { PATH: process.env.PATH ?? '' },
  workingDirectory: tmpdir(),
  timeoutMilliseconds: 60_000,
};

describe('runCommand', () => {
  it('returns output and exit code, and inherits no environment', async () => {
    const script = 'cat; env | grep -c HOME; echo problem >&2; exit 3';
    const result = await runCommand('sh', ['-c', script], {
      ...options,
      input: 'in\n',
    });
    expect(result).toEqual({
      exitCode: 3,
      stdout: Buffer.from('in\n0\n'),
      stderr: 'problem\n',
    });
  });

  it('kills the child processes of a program', async () => {
    // Longer than the timeout of this test.
    const script = 'sleep 600 & sleep 600';
    await expect(
      runCommand('sh', ['-c', script], {
        ...options,
        timeoutMilliseconds: 200,
      }),
    ).rejects.toThrow(CommandTimeoutError);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('cancelled')), 200);
    await expect(
      runCommand('sh', ['-c', script], {
        ...options,
        signal: controller.signal,
      }),
    ).rejects.toThrow('cancelled');
  });

  it('stops a program that prints without end, and rejects for a missing program', async () => {
    await expect(runCommand('yes', [], options)).rejects.toThrow(
      'yes printed more than',
    );
    await expect(
      runCommand('no-such-program', [], options),
    ).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('goes on after arguments that no program can have, and after the end of the process that starts programs', async () => {
    await expect(runCommand('git', ['\0'], options)).rejects.toMatchObject({
      code: 'ERR_INVALID_ARG_VALUE',
    });
    // The parent of a program is the launcher.
    await expect(
      runCommand('sh', ['-c', 'kill -9 $PPID'], options),
    ).rejects.toThrow('process that starts programs has ended');
    const output = Buffer.alloc(20 * 1024 * 1024, 'x');
    const result = await runCommand('cat', [], { ...options, input: output });
    expect(result.stdout.equals(output)).toBe(true);
  });
});

import { spawn } from 'node:child_process';
import { Problem } from '../setup/problem.mjs';

/** Runs a program, and returns its output. A failure is reported with the program's message. `input` goes to its standard input. */
export async function capture(command, args, { input, ...options } = {}) {
  const child = spawn(command, args, options);
  let [output, errors] = ['', ''];
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  child.stderr.on('data', chunk => {
    errors += chunk;
  });
  // A program may exit before it has read all input; its exit code shows why.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await waitForExit(child);
  if (code !== 0) {
    throw new Problem(
      `${command} ${args[0]} failed: ${(errors || output).trim()}`,
    );
  }
  return output;
}

/** Runs a program, and shows its output. */
export async function show(command, args) {
  const code = await waitForExit(spawn(command, args, { stdio: 'inherit' }));
  if (code !== 0) {
    throw new Problem(`${command} ${args[0]} exited with ${code}.`);
  }
}

async function waitForExit(child) {
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(signal ?? code));
    });
  } catch (error) {
    throw new Problem(`Cannot run ${child.spawnfile}: ${error.message}`);
  }
}

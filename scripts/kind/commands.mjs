import { spawn } from 'node:child_process';
import { Problem } from '../setup/problem.mjs';

/** Runs a program and gives what it writes; its own words are the error when it fails. `input` goes to its standard input. */
export async function capture(command, args, { input, ...options } = {}) {
  const child = spawn(command, args, options);
  let [output, errors] = ['', ''];
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  child.stderr.on('data', chunk => {
    errors += chunk;
  });
  // A program may end before it has read everything; its exit code tells why.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await ended(child);
  if (code !== 0) {
    throw new Problem(
      `${command} ${args[0]} failed: ${(errors || output).trim()}`,
    );
  }
  return output;
}

/** Runs a program that takes long, and shows what it says as it goes. */
export async function show(command, args) {
  const code = await ended(spawn(command, args, { stdio: 'inherit' }));
  if (code !== 0) {
    throw new Problem(`${command} ${args[0]} ended with ${code}.`);
  }
}

async function ended(child) {
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(signal ?? code));
    });
  } catch (error) {
    throw new Problem(`${child.spawnfile} cannot be run: ${error.message}`);
  }
}

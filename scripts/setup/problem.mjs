/** Something that the person at the terminal can do something about: shown without a stack trace. */
export class Problem extends Error {
  name = 'Problem';
}

/** Runs a script's main function; shows what went wrong in words, and ends with the exit code. */
export async function runMain(main) {
  try {
    process.exit(await main());
  } catch (error) {
    console.error(
      `\n${error instanceof Problem ? error.message : error.stack}\n`,
    );
    process.exit(1);
  }
}

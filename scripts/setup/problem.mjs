/** An error that the user can fix. It is shown without a stack trace. */
export class Problem extends Error {
  name = 'Problem';
}

/** Runs a script's main function, prints its error, and exits with its exit code. */
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

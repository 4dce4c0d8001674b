const SECONDS_BETWEEN_LINES = 20;

/** Logs the progress of a build regularly, and its duration at the end. */
export function reportProgress(name: string, log: (line: string) => void) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  let current = '';
  log(`${name}: building`);
  const timer = setInterval(() => {
    log(`${name}: ${seconds()} s, ${current || 'preparing'}`);
  }, SECONDS_BETWEEN_LINES * 1000);
  return {
    update(program: string, downloaded: number, compiled: number) {
      current = `${program}: ${downloaded} modules downloaded, ${compiled} packages compiled`;
    },
    end() {
      clearInterval(timer);
      log(`${name}: finished after ${seconds()} s`);
    },
  };
}

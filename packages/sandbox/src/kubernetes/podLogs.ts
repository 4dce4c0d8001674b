import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  count,
  field,
  isFields,
  items,
  text,
  type Fields,
  type KubernetesObject,
} from './KubernetesObject';
import type { ObjectStore } from './ObjectStore';
import { badRequest, objectNotFound } from './StatusError';
import { parsePodLogOptions, type PodLogOptions } from './parsePodLogOptions';

/** Time between two lines of a container. */
const LINE_INTERVAL_MS = 5000;
const MAX_LINES = 2000;

interface LogLine {
  time: number;
  text: string;
}

/** One run of a container, from its start until it terminated or until now. */
interface ContainerRun {
  seed: string;
  kind: 'service' | 'job';
  started: number;
  ended: number;
  exitCode?: number;
}

/** Serves `GET …/pods/{name}/log` with simulated output, which is the same for every read. */
export function streamPodLogs(options: {
  store: ObjectStore;
  namespace: string | undefined;
  name: string;
  query: URLSearchParams;
  request: IncomingMessage;
  response: ServerResponse;
  now: () => number;
}): void {
  const { store, namespace, name, query, response, now } = options;
  const find = () => {
    const pod = store.get('pods', namespace, name);
    if (!pod) {
      throw objectNotFound({ group: '', plural: 'pods' }, name);
    }
    return pod;
  };
  const logOptions = parsePodLogOptions(name, query);
  const { previous, follow, timestamps, limitBytes } = logOptions;
  const container = chooseContainer(find(), logOptions.container);
  if (!field(find(), 'spec.nodeName')) {
    // Not scheduled yet: there is no kubelet to ask.
    response.writeHead(204).end();
    return;
  }
  const lines = selectLines(
    generateLines(requireRun(find(), container, previous, now())),
    logOptions,
    now(),
  );
  const format = (line: LogLine) =>
    `${
      timestamps
        ? `${new Date(line.time).toISOString().replace('Z', '000000Z')} `
        : ''
    }${line.text}\n`;

  response.writeHead(200, { 'Content-Type': 'text/plain' });
  const content = Buffer.from(lines.map(format).join(''));
  response.write(content.subarray(0, limitBytes));
  if (!follow || previous) {
    response.end();
    return;
  }
  let last = now();
  const timer = setInterval(() => {
    const pod = store.get('pods', namespace, name);
    const run = pod && containerRuns(pod, container).run(false, now());
    const fresh = run
      ? generateLines(run).filter(({ time }) => time > last)
      : [];
    last = now();
    response.write(fresh.map(format).join(''));
    if (!run || run.exitCode !== undefined) {
      response.end();
    }
  }, 500);
  response.on('close', () => clearInterval(timer));
}

function chooseContainer(
  pod: KubernetesObject,
  requested: string | null,
): string {
  const { name } = pod.metadata;
  const names = items(pod, 'spec.containers').map(container =>
    text(container, 'name'),
  );
  const initNames = items(pod, 'spec.initContainers').map(container =>
    text(container, 'name'),
  );
  if (requested && ![...names, ...initNames].includes(requested)) {
    throw badRequest(`container ${requested} is not valid for pod ${name}`);
  }
  if (!requested && names.length > 1) {
    throw badRequest(
      `a container name must be specified for pod ${name}, choose one of: [${names.join(
        ' ',
      )}]`,
    );
  }
  return requested || names[0];
}

function requireRun(
  pod: KubernetesObject,
  container: string,
  previous: boolean,
  now: number,
): ContainerRun {
  const { name } = pod.metadata;
  const state = containerRuns(pod, container);
  const run = state.run(previous, now);
  if (run) {
    return run;
  }
  throw badRequest(
    previous
      ? `previous terminated container "${container}" in pod "${name}" not found`
      : `container "${container}" in pod "${name}" is waiting to start: ${state.waiting}`,
  );
}

function containerRuns(pod: KubernetesObject, container: string) {
  const status =
    ['status.containerStatuses', 'status.initContainerStatuses']
      .flatMap(path => items(pod, path))
      .find(candidate => candidate.name === container) ?? {};
  const restarts = count(status, 'restartCount');
  const toRun = (
    state: Fields,
    attempt: number,
    now: number,
  ): ContainerRun | undefined => {
    const terminated = state.terminated;
    const times = isFields(terminated) ? terminated : state.running;
    return isFields(times)
      ? {
          seed: `${pod.metadata.uid}/${container}/${attempt}`,
          kind:
            pod.metadata.ownerReferences?.[0]?.kind === 'Job'
              ? 'job'
              : 'service',
          started: Date.parse(text(times, 'startedAt')),
          ended: isFields(terminated)
            ? Date.parse(text(times, 'finishedAt'))
            : now,
          ...(isFields(terminated) && { exitCode: count(times, 'exitCode') }),
        }
      : undefined;
  };
  return {
    waiting: text(status, 'state.waiting.reason', 'ContainerCreating'),
    run: (previous: boolean, now: number) => {
      const at = (path: string) => field(status, path) as Fields | undefined;
      const last = toRun(at('lastState') ?? {}, restarts - 1, now);
      // As the kubelet does: a container that waits for its restart shows the log of its last run.
      return previous ? last : toRun(at('state') ?? {}, restarts, now) ?? last;
    },
  };
}

/** Generates the output of a run; the oldest lines are dropped beyond the limit. */
function generateLines(run: ContainerRun): LogLine[] {
  const { started, ended } = run;
  const steps = Math.max(0, Math.floor((ended - started) / LINE_INTERVAL_MS));
  const first = Math.max(1, steps - MAX_LINES);
  const lines = [
    {
      time: started,
      text: 'INFO starting: this is simulated output of the sandbox',
    },
  ];
  for (let step = first; step <= steps; step++) {
    const time = started + step * LINE_INTERVAL_MS;
    if (time < ended || run.exitCode === undefined) {
      lines.push({ time, text: generateMessage(run, step) });
    }
  }
  if (run.exitCode !== undefined) {
    lines.push({
      time: ended,
      text:
        run.exitCode === 0
          ? 'INFO finished'
          : `ERROR failed with exit code ${run.exitCode}`,
    });
  }
  return lines;
}

function generateMessage(run: ContainerRun, step: number): string {
  const digest = createHash('sha256').update(`${run.seed}/${step}`).digest();
  return run.kind === 'job'
    ? `INFO step ${step * 100} loss=${(
        2 / Math.sqrt(step + 1) +
        digest[0] / 2560
      ).toFixed(4)}`
    : `INFO ${digest[0] < 40 ? 'GET /health 200' : 'POST /predict 200'} ${
        5 + (digest[1] % 40)
      }ms`;
}

function selectLines(
  lines: LogLine[],
  options: PodLogOptions,
  now: number,
): LogLine[] {
  const { sinceSeconds, tailLines } = options;
  const since =
    sinceSeconds === undefined ? options.sinceTime : now - sinceSeconds * 1000;
  const recent =
    since === undefined ? lines : lines.filter(({ time }) => time >= since);
  return tailLines === undefined
    ? recent
    : recent.slice(Math.max(0, recent.length - tailLines));
}

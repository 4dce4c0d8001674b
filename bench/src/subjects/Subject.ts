import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { serveParent } from '../Child';
import { quantile } from '../quantile';

/** Longest wait for events that have not arrived; much longer than any expected delay. */
const EVENTS_TIMEOUT_MS = 300_000;

/** A watcher of the fixture in a separate process, so that its memory and event loop can be measured. */
export interface Subject {
  /** Resolves after the initial lists. */
  sync(url: string): Promise<void>;
  /** Number of times that all types have been listed again since then. */
  relists(): number;
  /** Calls back for each pod event with `status.message` of the stored pod, which is the time when the event was sent. */
  onPod(onMessage: (message: string) => void): void;
  /** Number of stored objects of a type, and the sum of their resource versions. */
  stored(type: StoredType): Promise<{ objects: number; versions: number }>;
  /** Reads the pods of one workload. @returns their number */
  read(workload: string): Promise<number>;
}

type StoredType = 'pods' | 'vulnerabilityreports';

export type SubjectCommand =
  | { do: 'sync'; url: string }
  /** Waits for the next relist. */
  | { do: 'relist' }
  /** Starts to measure the delay of pod events. */
  | { do: 'receive' }
  /** Waits for a number of pod events, and returns their delay. */
  | { do: 'received'; count: number }
  | { do: 'stored'; type: StoredType }
  /** Reads the pods of one workload after the other. */
  | { do: 'read'; workloads: number; count: number };

const MEGABYTE = 1024 * 1024;
/** Resolution of the event-loop measurement. */
const TICK_MS = 10;

/** Runs the parent's commands on a subject. The parent sends one at a time. */
export function runSubject(subject: Subject): void {
  let latencies: number[] = [];
  let receivingSince = 0;
  const commands = {
    sync: async ({ url }: { url: string }) => {
      await delay(500);
      global.gc?.();
      const cpu = process.cpuUsage().user / 1e6;
      const idle = process.memoryUsage().rss;
      const loop = loopDelay();
      const startedAt = performance.now();
      await subject.sync(url);
      const seconds = (performance.now() - startedAt) / 1000;
      const blocked = loop();
      global.gc?.();
      return {
        seconds,
        ...blocked,
        cpuSeconds: process.cpuUsage().user / 1e6 - cpu,
        peakMb: (process.resourceUsage().maxRSS * 1024 - idle) / MEGABYTE,
        heldMb: (process.memoryUsage().rss - idle) / MEGABYTE,
        heapMb: process.memoryUsage().heapUsed / MEGABYTE,
      };
    },
    relist: async () => {
      const before = subject.relists();
      const loop = loopDelay();
      for (let i = 0; i < 30_000 && subject.relists() === before; i += 1) {
        await delay(20);
      }
      return loop();
    },
    receive: async () => {
      latencies = [];
      receivingSince = process.cpuUsage().user;
      subject.onPod(message => latencies.push(Date.now() - Number(message)));
      return {};
    },
    // A late event is not a lost one, so this waits.
    received: async ({ count }: { count: number }) => {
      const deadline = performance.now() + EVENTS_TIMEOUT_MS;
      while (latencies.length < count && performance.now() < deadline) {
        await delay(100);
      }
      return {
        events: latencies.length,
        p99Ms: quantile(latencies, 0.99),
        cpuSeconds: (process.cpuUsage().user - receivingSince) / 1e6,
      };
    },
    stored: ({ type }: { type: StoredType }) => subject.stored(type),
    read: async ({
      workloads,
      count,
    }: {
      workloads: number;
      count: number;
    }) => {
      const times: number[] = [];
      for (let i = 0; i < count; i += 1) {
        const startedAt = performance.now();
        await subject.read(`service-${(i * 7) % workloads}`);
        times.push(performance.now() - startedAt);
      }
      return { p99Ms: quantile(times, 0.99) };
    },
  };
  serveParent<SubjectCommand>(command =>
    (commands[command.do] as (command: SubjectCommand) => Promise<object>)(
      command,
    ),
  );
}

/**
 * Measures the longest time that the event loop was blocked, in wall time and in CPU time of the thread. Both are equal on an
 * idle machine.
 */
function loopDelay(): () => { blockedMs: number; blockedCpuMs: number } {
  const histogram = monitorEventLoopDelay({ resolution: TICK_MS });
  histogram.enable();
  let before = process.threadCpuUsage().user;
  let longest = 0;
  const timer = setInterval(() => {
    const { user } = process.threadCpuUsage();
    longest = Math.max(longest, user - before);
    before = user;
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    histogram.disable();
    return {
      blockedMs: histogram.max / 1e6 - TICK_MS,
      blockedCpuMs: longest / 1e3,
    };
  };
}

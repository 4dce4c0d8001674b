import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { replyToParent } from '../Child';
import { quantile } from '../quantile';

/** Maximum wait for delayed events. It is reached only if events were lost. */
const MAX_EVENT_WAIT_MS = 300_000;

/**
 * A measured client that watches the fixture: the cluster store (`clusterStore.ts`) or informers (`informer.ts`). It runs in
 * its own process, so that its memory and event loop can be measured.
 */
export interface WatchClient {
  /** Starts to watch the API server at `url`. Resolves after the initial lists. */
  sync(url: string): Promise<void>;
  /** Number of lists of each type after the initial one. */
  relists(): number;
  /**
   * For each pod event, calls `onServed` with the `status.message` of the stored pod. The fixture sets it to the time of
   * sending, in milliseconds since the epoch.
   */
  onPod(onServed: (message: string) => void): void;
  /** Number of stored objects of a type, and the sum of their resource versions. */
  stored(type: StoredType): Promise<{ objects: number; versions: number }>;
  /** Reads the pods of one workload. @returns their number. */
  read(workload: string): Promise<number>;
}

type StoredType = 'pods' | 'vulnerabilityreports';

/**
 * Commands from the benchmark:
 *
 * - `sync` measures the initial lists; `relist` measures the next list after watches expire.
 * - `receive` starts to measure the delay of events; `received` waits for `count` events and returns it.
 * - `stored` counts the objects of a type; `read` measures reads from memory.
 */
export type WatchClientCommand =
  | { do: 'sync'; url: string }
  | { do: 'relist' }
  | { do: 'receive' }
  | { do: 'received'; count: number }
  | { do: 'stored'; type: StoredType }
  | { do: 'read'; workloads: number; count: number };

const MEGABYTE = 1024 * 1024;
const TICK_MS = 10;

/** Replies to a parent's commands, one at a time. */
export function runWatchClient(client: WatchClient): void {
  let latencies: number[] = [];
  let userCpuAtStart = 0;
  const commands = {
    sync: async ({ url }: { url: string }) => {
      await delay(500);
      global.gc?.();
      const cpu = process.cpuUsage().user / 1e6;
      const idleBytes = process.memoryUsage().rss;
      const stopMonitor = monitorLoopDelay();
      const startedAt = performance.now();
      await client.sync(url);
      const seconds = (performance.now() - startedAt) / 1000;
      const blocked = stopMonitor();
      global.gc?.();
      return {
        seconds,
        ...blocked,
        cpuSeconds: process.cpuUsage().user / 1e6 - cpu,
        peakMb: (process.resourceUsage().maxRSS * 1024 - idleBytes) / MEGABYTE,
        heldMb: (process.memoryUsage().rss - idleBytes) / MEGABYTE,
        heapMb: process.memoryUsage().heapUsed / MEGABYTE,
      };
    },
    relist: async () => {
      const before = client.relists();
      const stopMonitor = monitorLoopDelay();
      for (let i = 0; i < 30_000 && client.relists() === before; i += 1) {
        await delay(20);
      }
      return stopMonitor();
    },
    receive: async () => {
      latencies = [];
      userCpuAtStart = process.cpuUsage().user;
      client.onPod(message => latencies.push(Date.now() - Number(message)));
      return {};
    },
    // Waits for events that are delayed, but not lost.
    received: async ({ count }: { count: number }) => {
      const deadline = performance.now() + MAX_EVENT_WAIT_MS;
      while (latencies.length < count && performance.now() < deadline) {
        await delay(100);
      }
      return {
        events: latencies.length,
        p99Ms: quantile(latencies, 0.99),
        cpuSeconds: (process.cpuUsage().user - userCpuAtStart) / 1e6,
      };
    },
    stored: ({ type }: { type: StoredType }) => client.stored(type),
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
        await client.read(`service-${(i * 7) % workloads}`);
        times.push(performance.now() - startedAt);
      }
      return { p99Ms: quantile(times, 0.99) };
    },
  };
  replyToParent<WatchClientCommand>(command =>
    (commands[command.do] as (command: WatchClientCommand) => Promise<object>)(
      command,
    ),
  );
}

/**
 * Measures the longest time that the event loop is blocked, in wall time and in CPU time of the thread. Both are equal on
 * an idle machine.
 *
 * @returns a function that stops the measurement and returns its result.
 */
function monitorLoopDelay(): () => { blockedMs: number; blockedCpuMs: number } {
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

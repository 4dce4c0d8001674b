import { quantile } from '../quantile';
import { withRequests } from '../propose/withRequests';
import { requesters } from '../propose/writeCatalog';
import { atMost, type Row } from '../Row';
import type { Scale } from '../Scale';

const MAX_P95_MS = 2_000;
const MAX_ALL_SECONDS = 60;
const MAX_WRITES = 2;
/** Ours: head, open pull requests, labels; branches of the request. */
const MAX_CALLS = 20;
const MAX_KILOBYTES = 200;

/** Requests the services of a template, one after another and at once. */
async function measure(
  subject: 'ours' | 'stock',
  { sequential, concurrent }: Scale['proposals'],
) {
  return withRequests(subject, async ({ request, counts }) => {
    await request('warm-up', requesters[0]);
    await counts();
    const times: number[] = [];
    for (let index = 0; index < sequential; index += 1) {
      times.push(await request(`one-${index}`, requesters[0]));
    }
    const counted = await counts();
    const startedAt = performance.now();
    const together = await Promise.all(
      Array.from({ length: concurrent }, (_, index) =>
        request(`many-${index}`, requesters[index % requesters.length]),
      ),
    );
    return {
      p95Ms: quantile(times, 0.95),
      togetherP95Ms: quantile(together, 0.95),
      allSeconds: (performance.now() - startedAt) / 1_000,
      calls: (counted.apiCalls + counted.gitCalls) / sequential,
      writes: counted.writes / sequential,
      kilobytes: counted.bytes / sequential / 1_000,
    };
  });
}

/**
 * Rows for the way from a request to its open pull request, compared with the steps of Backstage's own actions for pull requests, on
 * the same forge, which has no limits. Ours checks the change before that, and the peer does not.
 */
export async function proposeRows({ proposals }: Scale): Promise<Row[]> {
  const ours = await measure('ours', proposals);
  const peer = await measure('stock', proposals);
  const { concurrent } = proposals;
  return [
    atMost(
      'request to pull request, p95, ms',
      ours.p95Ms,
      MAX_P95_MS,
      peer.p95Ms,
    ),
    atMost(
      `request to pull request, ${concurrent} at once, p95, s`,
      ours.togetherP95Ms / 1_000,
      MAX_ALL_SECONDS,
      peer.togetherP95Ms / 1_000,
    ),
    atMost(
      `all of ${concurrent} requests at once, s`,
      ours.allSeconds,
      MAX_ALL_SECONDS,
      peer.allSeconds,
    ),
    atMost(
      'calls of the forge for a request',
      ours.calls,
      MAX_CALLS,
      peer.calls,
    ),
    atMost(
      'content writes for a request',
      ours.writes,
      MAX_WRITES,
      peer.writes,
    ),
    atMost(
      'traffic with the forge for a request, kB',
      ours.kilobytes,
      MAX_KILOBYTES,
      peer.kilobytes,
    ),
  ];
}

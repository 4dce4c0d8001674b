import { mockApis } from '@backstage/frontend-test-utils';
import { waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { startPlatformServer } from '../__testUtils__/platformServer';
import { API } from '../__testUtils__/renderWithPlatform';
import { LiveUpdates } from './LiveUpdates';

describe('LiveUpdates', () => {
  const platform = startPlatformServer();
  let asked: string[];
  let stream: WritableStreamDefaultWriter<Uint8Array>;
  let updates: LiveUpdates;

  beforeEach(() => {
    asked = [];
    platform.use(
      http.get(`${API}/live`, ({ request }) => {
        asked.push(new URL(request.url).searchParams.get('topics') ?? '');
        const { readable, writable } = new TransformStream();
        stream = writable.getWriter();
        return new HttpResponse(readable, {
          headers: { 'content-type': 'text/event-stream; charset=utf-8' },
        });
      }),
    );
    updates = new LiveUpdates({
      discoveryApi: mockApis.discovery({ baseUrl: 'http://localhost:7007' }),
      fetchApi: { fetch: (input, init) => fetch(input, init) },
    });
  });

  const announce = (topics: string[]) =>
    stream.write(
      new TextEncoder().encode(
        `event: changed\ndata: ${JSON.stringify({ topics })}\n\n`,
      ),
    );

  it("opens one stream for all topics and notifies only a topic's own listeners", async () => {
    const [workload, findings] = [jest.fn(), jest.fn()];
    const ends = [
      updates.subscribe('workload:a/b', workload),
      updates.subscribe('findings:a', findings),
      updates.subscribe('findings:a', findings),
    ];
    await waitFor(() => expect(updates.isConnected).toBe(true));
    expect(asked).toEqual(['workload:a/b,findings:a']);

    announce(['findings:a']);
    await waitFor(() => expect(findings).toHaveBeenCalledTimes(1));
    expect(workload).not.toHaveBeenCalled();

    ends.forEach(end => end());
    await waitFor(() => expect(updates.isConnected).toBe(false));
  });

  it('reconnects when the stream ends and reports every topic as changed', async () => {
    const changed = jest.fn();
    const end = updates.subscribe('team:a', changed);
    await waitFor(() => expect(updates.isConnected).toBe(true));

    stream.close();
    await waitFor(() => expect(asked).toHaveLength(2), { timeout: 5_000 });
    await waitFor(() => expect(changed).toHaveBeenCalled());
    expect(updates.isConnected).toBe(true);
    end();
  });

  it('does not retry when the stream is refused', async () => {
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'],
    });
    try {
      let refusals = 0;
      platform.use(
        http.get(`${API}/live`, () => {
          refusals += 1;
          return new HttpResponse(null, { status: 404 });
        }),
      );
      const unsubscribe = updates.subscribe('team:theirs', () => {});
      await waitFor(() => expect(refusals).toBe(1));
      await jest.advanceTimersByTimeAsync(10 * 60_000);
      expect(refusals).toBe(1);
      expect(updates.isConnected).toBe(false);
      unsubscribe();
    } finally {
      jest.useRealTimers();
    }
  });
});

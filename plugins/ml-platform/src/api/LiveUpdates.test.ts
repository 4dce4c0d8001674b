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
    updates = LiveUpdates.create({
      discoveryApi: mockApis.discovery({ baseUrl: 'http://localhost:7007' }),
      fetchApi: { fetch: (input, init) => fetch(input, init) },
    });
  });

  const tell = (topics: string[]) =>
    stream.write(
      new TextEncoder().encode(
        `event: changed\ndata: ${JSON.stringify({ topics })}\n\n`,
      ),
    );

  it('has one stream for all that is shown, and tells each listener of its own topic', async () => {
    const [workload, findings] = [jest.fn(), jest.fn()];
    const ends = [
      updates.subscribe('workload:a/b', workload),
      updates.subscribe('findings:a', findings),
      updates.subscribe('findings:a', findings),
    ];
    await waitFor(() => expect(updates.isConnected).toBe(true));
    expect(asked).toEqual(['workload:a/b,findings:a']);

    tell(['findings:a']);
    await waitFor(() => expect(findings).toHaveBeenCalledTimes(1));
    expect(workload).not.toHaveBeenCalled();

    ends.forEach(end => end());
    await waitFor(() => expect(updates.isConnected).toBe(false));
  });

  it('comes back when the stream ends, and takes what it may have missed for changed', async () => {
    const changed = jest.fn();
    const end = updates.subscribe('team:a', changed);
    await waitFor(() => expect(updates.isConnected).toBe(true));

    stream.close();
    await waitFor(() => expect(asked).toHaveLength(2), { timeout: 5_000 });
    await waitFor(() => expect(changed).toHaveBeenCalled());
    expect(updates.isConnected).toBe(true);
    end();
  });

  it('does not ask again when it may not listen', async () => {
    let refusals = 0;
    platform.use(
      http.get(`${API}/live`, () => {
        refusals += 1;
        return new HttpResponse(null, { status: 404 });
      }),
    );
    const end = updates.subscribe('team:theirs', () => {});
    await new Promise(done => setTimeout(done, 2_500));
    expect(refusals).toBe(1);
    expect(updates.isConnected).toBe(false);
    end();
  });
});

import { EventEmitter } from 'node:events';
import type { Response } from 'express';
import { LiveStream } from './LiveStream';

/** The part of an Express response that a stream uses, with what was written to it. */
class FakeResponse extends EventEmitter {
  written: string[] = [];
  writableEnded = false;
  writableNeedDrain = false;
  destroyed = false;

  status = () => this;
  set = () => this;
  write = (text: string) => this.written.push(text);
  end = () => {
    this.writableEnded = true;
  };
  destroy = () => {
    this.destroyed = true;
  };

  changes(): string[][] {
    return this.written.flatMap(text => {
      const [, data] = /^event: changed\ndata: (.*)\n\n$/.exec(text) ?? [];
      return data ? [JSON.parse(data).topics] : [];
    });
  }
}

describe('LiveStream', () => {
  let response: FakeResponse;
  let stream: LiveStream;
  beforeEach(() => {
    jest.useFakeTimers();
    response = new FakeResponse();
    stream = new LiveStream(response as unknown as Response);
  });
  afterEach(() => {
    stream.end();
    jest.useRealTimers();
  });

  it('sends the first change at once, and those of the next second as one event', () => {
    stream.announce('team:a');
    expect(response.changes()).toEqual([['team:a']]);

    for (let index = 0; index < 40; index++) {
      stream.announce('team:a');
      stream.announce('runs:a');
      jest.advanceTimersByTime(20);
    }
    expect(response.changes()).toHaveLength(1);
    jest.advanceTimersByTime(1_200);
    expect(response.changes()).toEqual([['team:a'], ['runs:a', 'team:a']]);
  });

  it('sends nothing while the page does not drain its socket, and then what changed', () => {
    response.writableNeedDrain = true;
    stream.announce('team:a');
    jest.advanceTimersByTime(30_000);
    expect(response.written).toEqual([': open\n\n']);

    response.writableNeedDrain = false;
    response.emit('drain');
    expect(response.changes()).toEqual([['team:a']]);
    expect(response.destroyed).toBe(false);
  });

  it('disconnects a page that has not drained its socket for a minute', () => {
    response.writableNeedDrain = true;
    jest.advanceTimersByTime(60_000);
    expect(response.destroyed).toBe(false);
    jest.advanceTimersByTime(30_000);
    expect(response.destroyed).toBe(true);
  });

  it('keeps an idle connection open with comments', () => {
    jest.advanceTimersByTime(30_000);
    expect(response.written.slice(1)).toEqual([
      ': still here\n\n',
      ': still here\n\n',
    ]);
  });

  it('leaves no timer after its end', () => {
    stream.announce('team:a');
    stream.end();
    expect(jest.getTimerCount()).toBe(0);
  });
});

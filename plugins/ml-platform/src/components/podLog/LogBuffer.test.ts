import { LogBuffer } from './LogBuffer';

describe('LogBuffer', () => {
  const texts = (buffer: LogBuffer) =>
    buffer.content().lines.map(({ text }) => text);

  it('joins lines that arrive in parts, and keeps the last state of redrawn ones', () => {
    const buffer = new LogBuffer();
    buffer.append('first li');
    buffer.append('ne\r\n 10 %\r 20 %\r');
    expect(texts(buffer)).toEqual(['first line', ' 20 %']);
    buffer.append(' 30 %\ndone\n');
    expect(texts(buffer)).toEqual(['first line', ' 30 %', 'done']);
  });

  it('drops the oldest lines and keeps the ids of the others', () => {
    const buffer = new LogBuffer({ maxLines: 10 });
    for (let line = 0; line < 100; line += 1) {
      buffer.append(`line ${line}\n`);
    }
    const { lines, dropped } = buffer.content();
    expect(lines).toHaveLength(10);
    expect(dropped).toBe(90);
    expect(lines[0]).toEqual({ id: 90, text: 'line 90' });
  });
});

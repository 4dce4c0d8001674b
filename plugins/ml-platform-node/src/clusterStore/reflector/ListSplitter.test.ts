import { ListSplitter } from './ListSplitter';

function split(json: string, chunkSize: number) {
  const items: unknown[] = [];
  const splitter = new ListSplitter({
    onItem: item => items.push(JSON.parse(item)),
  });
  const bytes = Buffer.from(json);
  for (let start = 0; start < bytes.length; start += chunkSize) {
    splitter.write(bytes.subarray(start, start + chunkSize));
  }
  return { items, envelope: splitter.end() };
}

const tricky = {
  kind: 'PodList',
  metadata: {
    resourceVersion: '7',
    remarks: ['not "items":[', { items: [{ not: 'one' }] }],
    continue: 'next\\"',
  },
  items: [
    { metadata: { name: 'plain' }, spec: { list: [[], [{}], '}{]['] } },
    { text: 'quotes " and \\ and \\" and é and 🙂 and \u2028' },
    {},
    { items: [{ items: [] }] },
    {
      long: 'x'.repeat(100),
      quotes: `${'x'.repeat(60)}"${'\\'.repeat(61)}" and "`,
      backslashes: '\\'.repeat(100),
      quoted: '"'.repeat(100),
    },
  ],
  after: { items: ['x'] },
};

describe('ListSplitter', () => {
  it.each([1, 2, 3, 7, 64, 100_000])(
    'separates items from the rest, in chunks of %i bytes',
    chunkSize => {
      for (const json of [
        JSON.stringify(tricky),
        JSON.stringify(tricky, undefined, 2),
      ]) {
        expect(split(json, chunkSize)).toEqual({
          items: tricky.items,
          envelope: { ...tricky, items: [] },
        });
      }
    },
  );

  it('accepts a list without items', () => {
    expect(split('{"items":null,"metadata":{}}', 5)).toEqual({
      items: [],
      envelope: { items: null, metadata: {} },
    });
    expect(split('{"items":[],"metadata":{}}', 5)).toEqual({
      items: [],
      envelope: { items: [], metadata: {} },
    });
  });

  it('throws for an incomplete list', () => {
    const json = JSON.stringify(tricky);
    for (let length = 1; length < json.length; length += 1) {
      expect(() => split(json.slice(0, length), 50)).toThrow(SyntaxError);
    }
  });
});

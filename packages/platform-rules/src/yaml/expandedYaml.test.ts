import { expandedYaml, parseManifestFile } from '..';

/** Ten values, and lists of ten aliases of the list before. */
function bomb(levels: number): string {
  return [
    'a0: &a0 [x,x,x,x,x,x,x,x,x,x]',
    ...Array.from(
      { length: levels },
      (_, level) =>
        `a${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`)}]`,
    ),
  ].join('\n');
}

function codeOf(text: string): string {
  const expanded = expandedYaml(text);
  return 'problem' in expanded ? expanded.problem.code : 'accepted';
}

describe('expandedYaml', () => {
  it.each([
    ['aliases of aliases', bomb(9)],
    ['many more than there are atoms', bomb(400)],
    ['three levels of them', bomb(4)],
    ['a second document', `a: 1\n---\n${bomb(6)}`],
    [
      'several documents together',
      Array(20)
        .fill(`a: &a ${'x'.repeat(10_000)}\nb: [${Array(10).fill('*a')}]\n`)
        .join('---\n'),
    ],
    [
      'one long text many times',
      `a: &a ${'x'.repeat(20_000)}\nb: [${Array(60).fill('*a')}]`,
    ],
    ['merge keys', bomb(9).replace(/\[(\*.*)\]/g, '{<<: [$1]}')],
    [
      'aliases as keys',
      `a: &a ${'x'.repeat(1_000)}\nb: [${Array(1_100).fill('{*a : 1}')}]`,
    ],
    [
      'anchors of which each takes the name of the one before',
      `a: &a [x,x,x,x]\n${Array.from(
        { length: 20 },
        (_, i) =>
          `b${i}: &b${i % 2} [${Array(4).fill(i ? `*b${(i + 1) % 2}` : '*a')}]`,
      ).join('\n')}`,
    ],
  ])('refuses %s', (_, text) => {
    expect(codeOf(text)).toBe('yaml-expanded-size');
  });

  it.each([
    ['an alias of itself', 'a: &a [*a]', 'yaml-alias'],
    ['an alias of nothing', 'a: &b 1\nc: *a', 'yaml-alias'],
    [
      'an alias that only other parsers see',
      '# &a\u0085a: &a [x]\nb: *a',
      'yaml-character',
    ],
    ['a tag beside aliases', 'a: &a !!binary eHg=\nb: *a', 'yaml-tag'],
    ['what is no YAML', 'a: &a [x\nb: *a', 'yaml-syntax'],
    ['deep flow', `a: &a ${'['.repeat(5_000)}\nb: *a`, 'yaml-limit'],
    ['many parts', `a: &a 1\nb: *a\nc: [${'1,'.repeat(60_000)}]`, 'yaml-limit'],
  ])('refuses %s', (_, text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it('needs little time for the largest files', () => {
    const start = performance.now();
    for (const text of [
      `x: &a 1\n${'&a '.repeat(300_000)}`,
      `x: &a 1\n${'*a '.repeat(300_000)}`,
      `x: &a 1\ny: *a\n${Array.from(
        { length: 12_000 },
        (_, i) => `k${i}: 1`,
      ).join('\n')}`,
      `x: &a 1\ny: *a\nz: "${'a'.repeat(1_000_000)}"`,
    ]) {
      expandedYaml(text);
    }
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it.each([
    [
      'anchors of which each is used some times',
      'common: &common {app: x, team: y}\none: *common\ntwo: {<<: *common, more: z}\n',
    ],
    [
      'a cron expression beside a background job',
      'schedule: "*/5 * * * *"\ncommand: a &b\n',
    ],
  ])('accepts %s', (_, text) => {
    expect(codeOf(text)).toBe('accepted');
  });

  it('measures text without aliases as it is', () => {
    expect(expandedYaml('a: [x]\nscript: echo * && true\n')).toEqual({
      bytes: 30,
    });
  });

  it('counts every use of an anchor', () => {
    const size = (uses: number) => {
      const expanded = expandedYaml(
        `a: &a ${'x'.repeat(1_000)}\nb: [${Array(uses).fill('*a')}]\n`,
      );
      return 'bytes' in expanded ? expanded.bytes : Infinity;
    };
    expect(size(20) - size(10)).toBe(10 * 1_050);
  });

  it('bounds manifests that Argo CD applies as they are', () => {
    expect(() => parseManifestFile(bomb(5))).toThrow(
      'Line 1: With its aliases replaced, this is larger than 1048576 bytes. Repeat less with aliases, and do not put aliases into what an alias repeats.',
    );
    expect(
      parseManifestFile(
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: &name x}\ndata: {a: *name}\n',
      ),
    ).toHaveLength(1);
  });
});

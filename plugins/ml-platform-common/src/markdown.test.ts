import { escapeMarkdown } from './markdown';

it('leaves no markup, mention, reference or line break of a value', () => {
  expect(
    escapeMarkdown('[x](http://y) @all #1 `a` **b** <i>&lt;\n- c ~~d~~ !e | f'),
  ).toBe(
    '\\[x\\]\\(http://y\\) @\u200ball \\#1 \\`a\\` \\*\\*b\\*\\* \\<i\\>&amp;lt; - c \\~\\~d\\~\\~ \\!e \\| f',
  );
});

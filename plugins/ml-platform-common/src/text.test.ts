import { findTextProblem, textProblem } from './text';

it.each([
  'a\u0000b',
  'a\u001b[31m',
  'a\rb',
  'a\u007f',
  'a\u0085b',
  'a\u2028b',
  'user\u202egnp.exe',
  'a\u2066b\u2069',
  'a\u200eb',
  'a\u061cb',
  'a\u200bb',
  '\ufeffa',
  'a\u{e0041}b',
  'a\uffff',
  '\ud800',
])('refuses %j', text => {
  expect(textProblem(text)).toMatch(/^contains /);
});

it.each([
  'line one\n\tline two\r\n',
  'é ü 漢字 😀',
  'عربي עברית',
  // Joiners of scripts and emoji.
  'می‌خواهم 👩‍🔬',
])('allows %j', text => {
  expect(textProblem(text)).toBeUndefined();
});

it('finds the path to a text, and keys', () => {
  expect(findTextProblem({ a: [1, null, { b: 'x\u202e' }] })).toEqual({
    path: ['a', '2', 'b'],
    problem:
      'contains the character U+202E, which is invisible or changes the text around it. Remove it; it often comes from text copied from another program.',
  });
  expect(findTextProblem({ a: { 'b\u0000': 1 } })).toMatchObject({
    path: ['a'],
  });
  expect(findTextProblem({ a: ['fine', 1, undefined] })).toBeUndefined();
});

import { plainText, styledParts } from './ansi';

const ESC = '\u001b';

it('styles what ANSI sequences say, in the colours of the theme only', () => {
  expect(
    styledParts(
      `${ESC}[1;31mERROR${ESC}[0m a ${ESC}[38;5;208mpalette${ESC}[0m`,
    ),
  ).toEqual([
    { text: 'ERROR', color: 'ansi-red', bold: true, underline: false },
    { text: ' a ', color: undefined, bold: false, underline: false },
    { text: 'palette', color: undefined, bold: false, underline: false },
  ]);
});

it.each([
  [`${ESC}[1;31mERROR${ESC}[0m in step`, 'ERROR in step'],
  [`${ESC}[2K${ESC}[1Gdownloading`, 'downloading'],
  [`${ESC}]8;;javascript:alert(1)\u0007link${ESC}]8;;\u0007`, 'link'],
  ['<script>alert(1)</script>\u0000\u0008', '<script>alert(1)</script>'],
])('removes sequences and control characters from %j', (line, text) => {
  expect(plainText(line)).toBe(text);
});

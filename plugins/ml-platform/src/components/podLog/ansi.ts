import Anser from 'anser';

/** A part of a line with one style. */
export interface StyledText {
  text: string;
  /** One of the 16 colours that themes define, for example `ansi-bright-red`; others are left out, since they may be unreadable. */
  color?: string;
  bold: boolean;
  underline: boolean;
}

const THEME_COLOR =
  /^ansi-(?:bright-)?(?:black|red|green|yellow|blue|magenta|cyan|white)$/;

/** Splits a line at its ANSI sequences. */
export function styledParts(line: string): StyledText[] {
  return Anser.ansiToJson(line, {
    json: true,
    use_classes: true,
    remove_empty: true,
  }).map(({ content, fg, decorations }) => ({
    text: withoutControls(content),
    color: THEME_COLOR.test(fg ?? '') ? fg : undefined,
    bold: decorations.includes('bold'),
    underline: decorations.includes('underline'),
  }));
}

// Sequences that start with "[" (CSI) or "]" (OSC, up to BEL or ST), and two-character ones.
const SEQUENCES =
  // eslint-disable-next-line no-control-regex
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** The text of a line without ANSI sequences and control characters: what one searches, copies and downloads. */
export function plainText(line: string): string {
  return withoutControls(line.replace(SEQUENCES, ''));
}

function withoutControls(text: string): string {
  return text.replace(CONTROLS, '');
}

const CREDENTIALS = /\/\/[^\s/@]+@/g;
const ASSIGNED =
  /\b((?:password|passwd|pwd|secret|token|api[-_]?key|access[-_]?key)\w*\s*[=:]\s*)\S+/gi;
/** Letters and digits in one piece, as keys and tokens are; words of that length have no digits among them. */
const RANDOM = /(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9+=]{16,}/g;
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/** A text with everything blotted out that could be a secret. Rather too much than too little: it only has to tell where to look. */
export function redactSecrets(text: string): string {
  return text
    .replace(CREDENTIALS, '//…@')
    .replace(ASSIGNED, '$1…')
    .replace(RANDOM, '…')
    .replace(UUID, '…');
}

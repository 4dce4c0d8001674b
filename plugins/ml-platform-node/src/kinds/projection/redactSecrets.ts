const CREDENTIALS = /\/\/[^\s/@]+@/g;
const ASSIGNED =
  /\b((?:password|passwd|pwd|secret|token|api[-_]?key|access[-_]?key)\w*\s*[=:]\s*)\S+/gi;
/** Long runs of letters and digits, as in keys and tokens; words of that length contain no digits. */
const RANDOM = /(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9+=]{16,}/g;
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/** Replaces everything that could be a secret by `…`; rather too much, as the text only has to name a location. */
export function redactSecrets(text: string): string {
  return text
    .replace(CREDENTIALS, '//…@')
    .replace(ASSIGNED, '$1…')
    .replace(RANDOM, '…')
    .replace(UUID, '…');
}

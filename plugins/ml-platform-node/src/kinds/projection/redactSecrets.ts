/** Credentials in a URL. */
const CREDENTIALS = /\/\/[^\s/@]+@/g;
/** `password: …`, `api_key=…`. */
const ASSIGNED =
  /\b((?:password|passwd|pwd|secret|token|api[-_]?key|access[-_]?key)\w*\s*[=:]\s*)\S+/gi;
/** Keys and tokens: 16 or more letters and digits, with both. Long words contain no digits. */
const RANDOM_TEXT = /(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9+=]{16,}/g;
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/**
 * Replaces everything in a scanner's text that could be a secret by `…`. Replacing too much is harmless: the text only has
 * to tell people where a finding is.
 */
export function redactSecrets(text: string): string {
  return text
    .replace(CREDENTIALS, '//…@')
    .replace(ASSIGNED, '$1…')
    .replace(RANDOM_TEXT, '…')
    .replace(UUID, '…');
}

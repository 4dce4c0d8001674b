/** Messages are as long as their writers like, and are read in one piece. */
const MAX_LENGTH = 10_000;
// Schemes are short. Without a limit, each letter of a long word would be tried as the beginning of one.
const URL_LIKE = /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s"'`,;)\]]+/gi;
const IP_ADDRESS =
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\[[0-9a-f]*:[0-9a-f:.]+\](?::\d+)?/gi;
const DEEP_ABSOLUTE_PATH =
  /(^|[\s"'`(=:])\/(?:[^\s"'`/:,]+\/)+([^\s"'`/:,]+\/[^\s"'`/:,]+)/g;

/**
 * Removes URLs, IP addresses and absolute paths from a message of an upstream. The last two segments of a path stay, because
 * they identify the file. A text of more than 10,000 characters is cut.
 */
export function redactAddresses(text: string): string {
  const read =
    text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  return read
    .replace(URL_LIKE, '(address)')
    .replace(IP_ADDRESS, '(address)')
    .replace(DEEP_ABSOLUTE_PATH, '$1…/$2');
}

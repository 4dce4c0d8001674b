const URL_LIKE = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'`,;)\]]+/gi;
const IP_ADDRESS =
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\[[0-9a-f]*:[0-9a-f:.]+\](?::\d+)?/gi;
const DEEP_ABSOLUTE_PATH =
  /(^|[\s"'`(=:])\/(?:[^\s"'`/:,]+\/)+([^\s"'`/:,]+\/[^\s"'`/:,]+)/g;

/**
 * Removes URLs, IP addresses and absolute paths from a message of an upstream. The last two segments of a path stay, because
 * they identify the file.
 */
export function redactAddresses(text: string): string {
  return text
    .replace(URL_LIKE, '(address)')
    .replace(IP_ADDRESS, '(address)')
    .replace(DEEP_ABSOLUTE_PATH, '$1…/$2');
}

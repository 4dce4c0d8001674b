const URL_LIKE = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'`,;)\]]+/gi;
const IP_ADDRESS =
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\[[0-9a-f]*:[0-9a-f:.]+\](?::\d+)?/gi;
const DEEP_ABSOLUTE_PATH =
  /(^|[\s"'`(=:])\/(?:[^\s"'`/:,]+\/)+([^\s"'`/:,]+\/[^\s"'`/:,]+)/g;

/**
 * An upstream's own words without what people must not see of it: URLs, IP addresses, and where on its disk a file lies
 * (the last two segments stay, since they say which file it is).
 */
export function redactAddresses(text: string): string {
  return text
    .replace(URL_LIKE, '(address)')
    .replace(IP_ADDRESS, '(address)')
    .replace(DEEP_ABSOLUTE_PATH, '$1…/$2');
}

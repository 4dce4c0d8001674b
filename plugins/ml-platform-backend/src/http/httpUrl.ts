/** A link that a browser may open; undefined for other schemes, such as `javascript:`, and for what is no URL. */
export function httpUrl(
  link: string | undefined,
  base?: string,
): string | undefined {
  if (!link || !URL.canParse(link, base)) {
    return undefined;
  }
  const url = new URL(link, base);
  return url.protocol === 'http:' || url.protocol === 'https:'
    ? url.href
    : undefined;
}

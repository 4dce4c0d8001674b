/** Resolves a link that a browser may open. Undefined for invalid URLs and other schemes, such as `javascript:`. */
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

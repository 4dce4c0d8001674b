/** Escapes text from files, so that it has no markup, mentions or line breaks in Markdown. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('&', '&amp;')
    .replace(/[\\`*_{}[\]<>()#|!~]/g, '\\$&')
    .replaceAll('@', '@\u200b');
}

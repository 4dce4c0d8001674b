/** A message in Terraform's JSON output, with its location. */
export interface Diagnostic {
  severity: 'error' | 'warning';
  summary: string;
  detail?: string;
  range?: { filename: string; start: { line: number } };
  snippet?: { code: string };
}

/** Formats a diagnostic with its location and its line. */
export function describe(module: string, diagnostic: Diagnostic): string {
  const { range, summary, detail, snippet } = diagnostic;
  const place = range?.start.line
    ? `infra/terraform/${module}/${range.filename}:${range.start.line}`
    : `infra/terraform/${module}`;
  return [
    `${place}: ${summary}`,
    ...(snippet ? [`  ${snippet.code.trim()}`] : []),
    ...(detail ? [detail] : []),
  ].join('\n');
}

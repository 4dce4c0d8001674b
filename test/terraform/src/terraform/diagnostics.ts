/** What Terraform says about a place in a file, in its JSON output. */
export interface Diagnostic {
  severity: 'error' | 'warning';
  summary: string;
  detail?: string;
  range?: { filename: string; start: { line: number } };
  snippet?: { code: string };
}

/** A diagnostic as text: where, what, and the line in question. */
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

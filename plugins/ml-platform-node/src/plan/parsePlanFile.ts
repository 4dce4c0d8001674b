import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';

/** A problem of a plan's file, in the form `<file>:<line>: <field>: <rule>`. */
export interface PlanProblem {
  path: string;
  line: number;
  text: string;
}

/** A parsed file of the plan, which knows the line of each field. */
export interface PlanFile<T> {
  path: string;
  value: T;
  problem(field: Array<string | number>, rule: string): PlanProblem;
}

/** Parses a YAML file of the plan, and validates it. */
export function parsePlanFile<T extends z.ZodType>(
  path: string,
  text: string,
  schema: T,
): { file?: PlanFile<z.infer<T>>; problems: PlanProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: false });
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map(({ message, pos: [offset] }) => ({
        path,
        line: lines.linePos(offset).line,
        text: message.split('\n')[0].replace(/ at line .*$/, ''),
      })),
    };
  }
  const problem = (field: Array<string | number>, rule: string) => ({
    path,
    line: lineOf(document, lines, field),
    text: [formatField(field), rule].filter(Boolean).join(': '),
  });
  const parsed = schema.safeParse(valueOf(document));
  return parsed.success
    ? { file: { path, value: parsed.data, problem }, problems: [] }
    : {
        problems: parsed.error.issues.map(issue =>
          problem(
            issue.path.map(part =>
              typeof part === 'number' ? part : String(part),
            ),
            issue.message,
          ),
        ),
      };
}

/** The value, or undefined if aliases make it larger than any plan. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return undefined;
  }
}

/** Line of the field, or of the closest parent that exists. */
function lineOf(
  document: Document,
  lines: LineCounter,
  field: Array<string | number>,
): number {
  for (let length = field.length; length >= 0; length--) {
    const node = document.getIn(field.slice(0, length), true);
    if (isNode(node) && node.range) {
      return lines.linePos(node.range[0]).line;
    }
  }
  return 1;
}

function formatField(field: Array<string | number>): string {
  return field
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
}

import { readFile, readdir } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  filterNames,
  findExpressions,
  isOperand,
  pipeline,
  type Expression,
} from './expressions';
import { KNOWN_FILTERS } from './knownFilters';

/** A place in a golden path where a user's value could become code or structure. */
export interface LintProblem {
  /** Relative to the templates directory. */
  path: string;
  /** 1-based. */
  line: number;
  message: string;
}

/** Directories whose files a template renders. */
const CONTENT_DIRECTORIES = ['skeleton', 'environment'];

/**
 * Values that may be written without an encoder: `ml-platform:gitops:checkout` validates them as DNS labels. The lint also
 * checks that the template passes the same parameters to checkout and to its files.
 */
const NAMES = { 'values.name': 'workload', 'values.team': 'team' } as const;

const templateSchema = z.object({
  spec: z.object({
    steps: z.array(
      z.object({
        action: z.string(),
        input: z.record(z.string(), z.unknown()).default({}),
      }),
    ),
  }),
});

/**
 * Checks every template in a directory: values reach files only through `yaml` or `hcl`, and step inputs use only known
 * filters, since the scaffolder silently passes on an expression with an unknown filter as text.
 */
export async function lintTemplates(directory: string): Promise<LintProblem[]> {
  const templates = await readdir(directory, { withFileTypes: true });
  const problems = await Promise.all(
    templates
      .filter(entry => entry.isDirectory())
      .map(entry => lintTemplate(directory, entry.name)),
  );
  return problems.flat();
}

async function lintTemplate(
  directory: string,
  name: string,
): Promise<LintProblem[]> {
  const path = join(name, 'template.yaml');
  const source = await readFile(join(directory, path), 'utf8');
  const problems = lintSteps(source).map(problem => ({ path, ...problem }));
  for (const content of CONTENT_DIRECTORIES) {
    for (const file of await listFiles(join(directory, name, content))) {
      const text = await readFile(file, 'utf8');
      problems.push(
        ...lintContent(text, extname(file) === '.tf' ? 'hcl' : 'yaml').map(
          problem => ({ path: relative(directory, file), ...problem }),
        ),
      );
    }
  }
  return problems;
}

function lintSteps(source: string) {
  const problems = findExpressions(source).flatMap(({ text, line }) =>
    filterNames(text)
      .filter(filter => !KNOWN_FILTERS.has(filter))
      .map(filter => ({
        line,
        message: `Unknown filter "${filter}": the step would receive the expression as text.`,
      })),
  );
  const { steps } = templateSchema.parse(parse(source)).spec;
  const checkout = steps.find(
    ({ action }) => action === 'ml-platform:gitops:checkout',
  );
  for (const [value, input] of Object.entries(NAMES)) {
    const key = value.replace('values.', '');
    const differs = steps.some(step => {
      const values = z
        .record(z.string(), z.unknown())
        .safeParse(step.input.values);
      return (
        values.success &&
        key in values.data &&
        values.data[key] !== checkout?.input[input]
      );
    });
    if (differs) {
      problems.push({
        line: 1,
        message: `"${key}" of a rendering step differs from "${input}" of checkout, so it is not validated as a name.`,
      });
    }
  }
  return problems;
}

function lintContent(source: string, encoder: 'yaml' | 'hcl') {
  return findExpressions(source).flatMap(expression => {
    const message = contentProblem(expression, encoder);
    return message ? [{ line: expression.line, message }] : [];
  });
}

function contentProblem(
  { text, before }: Expression,
  encoder: 'yaml' | 'hcl',
): string | undefined {
  const unknown = filterNames(text).find(name => !KNOWN_FILTERS.has(name));
  if (unknown) {
    return `Unknown filter "${unknown}".`;
  }
  if (text in NAMES) {
    return undefined;
  }
  const [operand, ...filters] = pipeline(text);
  if (filters.at(-1) !== encoder) {
    return `"${text}" is not encoded. End it with "| ${encoder}".`;
  }
  if (!isOperand(operand)) {
    return `"| ${encoder}" applies only to the last part of "${operand}". Put it in brackets.`;
  }
  if (before === '"' || before === "'") {
    return `"${text}" is in quotes. Remove them: "| ${encoder}" adds its own.`;
  }
  return undefined;
}

async function listFiles(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, {
      recursive: true,
      withFileTypes: true,
    });
    return entries
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

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

/** Something in a golden path that would let a value become more than a value. */
export interface LintProblem {
  /** Relative to the directory of all templates. */
  path: string;
  /** Counted from 1. */
  line: number;
  message: string;
}

/** Directories of a template whose files are rendered. */
const CONTENT_DIRECTORIES = ['skeleton', 'environment'];

/**
 * Values that need no encoder where a bare name is the syntax: `ml-platform:gitops:checkout` has checked them as DNS
 * labels, provided that the template passes the same parameters to it and to its files, which is checked as well.
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
 * Checks every template below a directory: that each value reaches a file through `yaml` or `hcl`, and that step inputs
 * use known filters only (an unknown one there is passed on as raw text without an error).
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
    for (const file of await filesBelow(join(directory, name, content))) {
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
        message: `The filter "${filter}" does not exist: its step would receive the text of the expression.`,
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
        message: `"${key}" of a rendering step is not what checkout gets as "${input}", so nothing has checked that it is a name.`,
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
    return `The filter "${unknown}" does not exist.`;
  }
  if (text in NAMES) {
    return undefined;
  }
  const [operand, ...filters] = pipeline(text);
  if (filters.at(-1) !== encoder) {
    return `"${text}" is written raw. End it with "| ${encoder}".`;
  }
  if (!isOperand(operand)) {
    return `"| ${encoder}" applies to the last part of "${operand}" only. Put it in brackets.`;
  }
  if (before === '"' || before === "'") {
    return `"${text}" stands in quotes. Remove them: "| ${encoder}" writes its own.`;
  }
  return undefined;
}

async function filesBelow(directory: string): Promise<string[]> {
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

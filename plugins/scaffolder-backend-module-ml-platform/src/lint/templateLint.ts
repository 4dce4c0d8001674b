import { readFile, readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { SKELETON_PARTS } from '../engine/SkeletonRenderer';
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

/** Values that may be written without an encoder: `ml-platform:gitops:checkout` validates them as DNS labels. */
const NAMES = ['values.name', 'values.team'];

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
  const template = join(name, 'template.yaml');
  const source = await readFile(join(directory, template), 'utf8');
  const problems = lintSteps(source).map(problem => ({
    path: template,
    ...problem,
  }));
  const skeleton = join(directory, name, 'skeleton');
  for (const file of await listFiles(skeleton)) {
    const text = await readFile(file, 'utf8');
    const path = relative(directory, file);
    const [part] = relative(skeleton, file).split(sep);
    if (!SKELETON_PARTS.includes(part)) {
      problems.push({
        path,
        line: 1,
        message: `Nothing renders ${part}: the parts of a skeleton are ${SKELETON_PARTS.join(
          ', ',
        )}.`,
      });
    }
    problems.push(
      ...lintContent(text, extname(file) === '.tf' ? 'hcl' : 'yaml').map(
        problem => ({ path, ...problem }),
      ),
    );
  }
  return problems;
}

function lintSteps(source: string) {
  return findExpressions(source).flatMap(({ text, line }) =>
    filterNames(text)
      .filter(filter => !KNOWN_FILTERS.has(filter))
      .map(filter => ({
        line,
        message: `Unknown filter "${filter}": the step would receive the expression as text.`,
      })),
  );
}

function lintContent(source: string, encoder: 'yaml' | 'hcl') {
  const expressions = findExpressions(source);
  // The whole file is one value.
  const isText =
    expressions.length === 1 && /^\$\{\{[^{}]*\| text \}\}\n$/.test(source);
  return expressions.flatMap(expression => {
    const message = contentProblem(expression, isText ? 'text' : encoder);
    return message ? [{ line: expression.line, message }] : [];
  });
}

function contentProblem(
  { text, before }: Expression,
  encoder: 'yaml' | 'hcl' | 'text',
): string | undefined {
  const unknown = filterNames(text).find(name => !KNOWN_FILTERS.has(name));
  if (unknown) {
    return `Unknown filter "${unknown}".`;
  }
  if (NAMES.includes(text)) {
    return undefined;
  }
  const [operand, ...filters] = pipeline(text);
  if (filters.at(-1) === 'text' && encoder !== 'text') {
    return `"| text" writes a value as it is, so that the file can have nothing else. End it with "| ${encoder}".`;
  }
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

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from '@cdktn/hcl2json';
import { z } from 'zod';
import { filesBelow } from '../files';

export interface ModuleInput {
  required: boolean;
  /** Type expression, for example `string` or `map(string)`. */
  type: string;
}

const variablesSchema = z.object({
  variable: z
    .record(
      z.string(),
      z.array(z.looseObject({ type: z.string().default('${any}') })).length(1),
    )
    .default({}),
});

/** Reads the variables of a local module by name; undefined when the module does not exist. */
export async function readModuleInputs(
  root: string,
  directory: string,
): Promise<Map<string, ModuleInput> | undefined> {
  const files = (await filesBelow(root, directory)).filter(
    file => file.path.endsWith('.tf') && path.dirname(file.path) === directory,
  );
  if (files.length === 0) {
    return undefined;
  }
  const inputs = new Map<string, ModuleInput>();
  for (const file of files) {
    const text = await readFile(path.join(root, file.path), 'utf8');
    const { variable } = variablesSchema.parse(await parse(file.path, text));
    for (const [name, [block]] of Object.entries(variable)) {
      inputs.set(name, {
        required: !('default' in block),
        // The parser writes an expression as a template.
        type: block.type.replace(/^\$\{(.*)\}$/s, '$1'),
      });
    }
  }
  return inputs;
}

/** Validates the arguments of a module block, which are literal values. */
export function inputProblems(
  inputs: Map<string, ModuleInput>,
  block: Record<string, unknown>,
): string[] {
  const names = Object.keys(block).filter(name => name !== 'source');
  const missing = [...inputs]
    .filter(([name, { required }]) => required && !names.includes(name))
    .map(
      ([name, { type }]) =>
        `The input \`${name}\` (${type}) is missing. Add it to the module block.`,
    );
  const wrong = names.flatMap(name => {
    const input = inputs.get(name);
    if (!input) {
      return [
        `\`${name}\` is not an input of the module. Check its spelling; the inputs are ${[
          ...inputs.keys(),
        ]
          .sort()
          .join(', ')}.`,
      ];
    }
    return fits(block[name], input.type)
      ? []
      : [`\`${name}\` must be a ${input.type}.`];
  });
  return [...missing, ...wrong];
}

/** Checks a literal against a type. Terraform converts between strings, numbers and booleans. */
function fits(value: unknown, type: string): boolean {
  if (value === null) {
    return true;
  }
  switch (type) {
    case 'string':
      return typeof value !== 'object';
    case 'number':
      return (
        typeof value === 'number' ||
        (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
      );
    case 'bool':
      return [true, false, 'true', 'false'].includes(value as boolean | string);
    default:
      return true;
  }
}

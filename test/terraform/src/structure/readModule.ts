import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from '@cdktn/hcl2json';

export interface Variable {
  default?: unknown;
  description?: string;
  nullable?: boolean;
  type?: string;
  validation?: Array<{ condition: string; error_message: string }>;
}

export interface Output {
  description?: string;
}

/** The parts of a module that the rules check: blocks by name, in source order. */
export interface Module {
  /** Arguments of the backend by its type, if there is one. */
  backend?: Record<string, Record<string, unknown>>;
  files: string[];
  outputs: Map<string, Output>;
  providers: string[];
  /** Addresses in `expect_failures` of tests, for example `var.name`, with duplicates. */
  rejections: string[];
  variables: Map<string, Variable>;
}

type Blocks<T> = Record<string, T[]>;
interface File {
  output?: Blocks<Output>;
  provider?: Blocks<unknown>;
  terraform?: Array<{ backend?: Blocks<Record<string, unknown>> }>;
  variable?: Blocks<Variable>;
}

export async function readModule(directory: string): Promise<Module> {
  const files = (await readdir(directory)).filter(name => name.endsWith('.tf'));
  const module: Module = {
    files: files.sort(),
    outputs: new Map(),
    providers: [],
    rejections: await rejectionsIn(join(directory, 'tests')),
    variables: new Map(),
  };
  for (const name of files) {
    const text = await readFile(join(directory, name), 'utf8');
    const file: File = await parse(name, text);
    // The parser sorts blocks, but the rules check the source order.
    for (const [, kind, label] of text.matchAll(
      /^(variable|output) "([\w-]+)"/gm,
    )) {
      if (kind === 'variable') {
        module.variables.set(label, file.variable![label][0]);
      } else {
        module.outputs.set(label, file.output![label][0]);
      }
    }
    module.providers.push(...Object.keys(file.provider ?? {}));
    for (const { backend } of file.terraform ?? []) {
      for (const [type, [argument]] of Object.entries(backend ?? {})) {
        module.backend = { ...module.backend, [type]: argument };
      }
    }
  }
  return module;
}

async function rejectionsIn(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  const texts = names.map(name => readFile(join(directory, name), 'utf8'));
  return (await Promise.all(texts)).flatMap(text =>
    [...text.matchAll(/expect_failures\s*=\s*\[([^\]]*)\]/g)].flatMap(match =>
      match[1].split(',').map(item => item.trim()),
    ),
  );
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import {
  type CheckResult,
  terraformFileIsTaken,
} from '@internal/plugin-ml-platform-common';
import { z } from 'zod';
import type { Change } from '../Change';
import { type CheckMessage, checkResult, skippedCheck } from '../checkResult';
import { fileStatus } from '../files';
import { locationsOf } from '../locations';
import { inputProblems, readModuleInputs } from './moduleInputs';
import { parseTerraform } from './parseTerraform';

export const TERRAFORM = [
  'terraform',
  'Terraform files hold one module block with literal values',
] as const;
const MODULE_SOURCE = '../../../../platform/workload';
/** Meta-arguments of Terraform. */
const META_ARGUMENTS = [
  'count',
  'depends_on',
  'for_each',
  'providers',
  'version',
];

/** Terraform file of a workload as JSON: a list of blocks by type and label. */
const fileSchema = z.strictObject(
  {
    module: z.record(
      z.string(),
      z.array(z.record(z.string(), z.unknown())).length(1),
    ),
    output: z
      .record(
        z.string(),
        z
          .array(
            z.strictObject({
              description: z.string().optional(),
              sensitive: z.boolean().optional(),
              value: z.string(),
            }),
          )
          .length(1),
      )
      .optional(),
  },
  'Write one `module` block and its outputs, nothing else: this file runs with the permissions of the pipeline',
);

/** Checks that Terraform files hold literal values only: arbitrary Terraform would execute code in the pipeline. */
export async function checkTerraform(change: Change): Promise<CheckResult> {
  const messages: CheckMessage[] = [];
  let files = 0;
  const environments = terraformFileIsTaken(change.workload)
    ? []
    : change.environments;
  for (const { name } of environments) {
    const file = locationsOf(change).terraform(name);
    if (await fileStatus(change.root, file)) {
      files += 1;
      const text = await readFile(path.join(change.root, file), 'utf8');
      const problems = await fileProblems(change, name, text);
      messages.push(
        ...problems.map(problem => ({ path: file, text: problem })),
      );
    }
  }
  return files === 0
    ? skippedCheck(...TERRAFORM, 'The workload has no Terraform files.')
    : checkResult(...TERRAFORM, messages);
}

async function fileProblems(
  change: Change,
  environment: string,
  text: string,
): Promise<string[]> {
  let content: unknown;
  try {
    content = await parseTerraform(text);
  } catch (error) {
    return [hclMessage(error)];
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    return parsed.error.issues.map(issue =>
      `${issue.path.join('.')} ${issue.message}`.trim(),
    );
  }
  const { module: modules, output: outputs = {} } = parsed.data;
  const labels = Object.keys(modules);
  if (labels.length !== 1 || labels[0] !== change.workload) {
    return [
      `Write exactly one block \`module "${change.workload}"\`; its name must be that of the workload.`,
    ];
  }
  const expected = {
    source: MODULE_SOURCE,
    environment,
    team: change.team,
    workload: change.workload,
  };
  const block = modules[change.workload][0];
  return [
    ...(change.workload === 'override'
      ? [
          'Terraform merges a file named override.tf into all others of the environment. Choose another name for the workload.',
        ]
      : []),
    ...moduleProblems(block, expected),
    ...(await moduleInputProblems(change, block)),
    ...outputProblems(change.workload, outputs),
  ];
}

async function moduleInputProblems(
  change: Change,
  block: Record<string, unknown>,
): Promise<string[]> {
  const directory = locationsOf(change).workloadModule;
  const inputs = await readModuleInputs(change.root, directory);
  return inputs
    ? inputProblems(inputs, withoutMetaArguments(block))
    : [`There is no module in ${directory}. Contact the platform team.`];
}

function withoutMetaArguments(block: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(block).filter(([name]) => !META_ARGUMENTS.includes(name)),
  );
}

function moduleProblems(
  block: Record<string, unknown>,
  expected: Record<string, string>,
): string[] {
  const problems = Object.entries(expected)
    .filter(([name, value]) => block[name] !== value)
    .map(([name, value]) => `Write \`${name} = "${value}"\`.`);
  for (const [name, value] of Object.entries(block)) {
    if (META_ARGUMENTS.includes(name)) {
      problems.push(
        `Remove \`${name}\`: only variables of the module are allowed.`,
      );
    } else if (!(name in expected) && !isLiteral(value)) {
      problems.push(
        `\`${name}\` must be a literal value: a string without "\${" and "%{", a number, true, false, or a list or map of these. Blocks are not allowed.`,
      );
    }
  }
  return problems;
}

function outputProblems(
  workload: string,
  outputs: Record<string, Array<{ value: string }>>,
): string[] {
  return Object.entries(outputs).flatMap(([name, [output]]) => {
    const reference = /^\$\{module\.([A-Za-z0-9_-]+)(\.[A-Za-z0-9_]+)?\}$/.exec(
      output.value,
    );
    return [
      ...(name === workload || name.startsWith(`${workload}-`)
        ? []
        : [
            `Rename output "${name}" to "${workload}", or to a name that starts with "${workload}-".`,
          ]),
      ...(reference?.[1] === workload
        ? []
        : [
            `The value of output "${name}" must be module.${workload} or one of its outputs.`,
          ]),
    ];
  });
}

/**
 * True for a scalar, and for a list or map of scalars. The parser represents expressions as templates and blocks as lists of
 * maps, so deeper literals cannot be distinguished from blocks.
 */
function isLiteral(value: unknown): boolean {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).every(
        ([key, item]) => isScalar(key) && isScalar(item),
      )
    : isScalar(value);
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string'
    ? !/[$%]\{/.test(value)
    : value === null || ['number', 'boolean'].includes(typeof value);
}

/** Describes errors such as `parse config: [main.tf:3,1-2: Invalid block; Explanation]`. */
function hclMessage(error: unknown): string {
  if (error instanceof InputError) {
    return error.message;
  }
  const message = error instanceof Error ? error.message : String(error);
  const match = /main\.tf:(\d+),\d+(?:-[\d,]+)?: ([^\]]*)/.exec(message);
  return match
    ? `Line ${match[1]} is not valid Terraform: ${match[2].trim()}`
    : 'This file is not valid Terraform.';
}

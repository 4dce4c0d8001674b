import { InputError } from '@backstage/errors';
import { parse } from '@cdktn/hcl2json';

/**
 * Parses a Terraform file to JSON: lists of blocks by type and label.
 *
 * @throws InputError if anything is called `__proto__`, however the file writes it: copies of the value lose this key, and
 * would hide a block that Terraform runs. Other errors are those of `@cdktn/hcl2json`.
 */
export async function parseTerraform(text: string): Promise<unknown> {
  const content = await parse('main.tf', text);
  if (hasPrototypeKey(content)) {
    throw new InputError(
      'Terraform files of workloads cannot name anything "__proto__". Remove it.',
    );
  }
  return content;
}

function hasPrototypeKey(root: unknown): boolean {
  const values = [root];
  while (values.length > 0) {
    const value = values.pop();
    if (typeof value === 'object' && value !== null) {
      if (Object.hasOwn(value, '__proto__')) {
        return true;
      }
      for (const child of Object.values(value)) {
        values.push(child);
      }
    }
  }
  return false;
}

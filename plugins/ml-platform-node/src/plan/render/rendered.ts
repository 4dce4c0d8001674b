const MARKER = '# Rendered by yarn platform:render';
const KUSTOMIZATION_MODELINE =
  '# yaml-language-server: $schema=https://json.schemastore.org/kustomization.json';

/** Directory of what is applied to each cluster once, relative to the root directory. */
export const BOOTSTRAP_DIRECTORY = 'gitops/bootstrap';

/** Rendered files by path relative to the root directory. */
export type RenderedFiles = Map<string, string>;

/** Content with the line that says where it comes from. The line is a comment in YAML, HCL and CODEOWNERS. */
export function rendered(content: string): string {
  return `${MARKER} from platform.yaml and tenants/*/tenant.yaml: change those, and run it.\n${content}`;
}

export function isRendered(content: string): boolean {
  return content.startsWith(MARKER);
}

/** A kustomization. Without a comment, an empty line separates the schema's line from the fields. */
export function kustomization(fields: string, comment = ''): string {
  return rendered(
    `${KUSTOMIZATION_MODELINE}\n\n${
      comment && `# ${comment}\n`
    }apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${fields}`,
  );
}

/** A YAML list, one entry per line. */
export function list(entries: string[], indent = 2): string {
  return entries.map(entry => `${' '.repeat(indent)}- ${entry}\n`).join('');
}

/** A YAML scalar of text that a person wrote. */
export function scalar(text: string): string {
  return /^[A-Za-z.][A-Za-z0-9 ,.;()/'_-]*$/.test(text) &&
    !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sandboxAccounts, startSandbox, type Sandbox } from '@internal/sandbox';
import { parse, stringify } from 'yaml';
import type { PortalTarget } from './PortalTarget';

const ROOT = resolve(__dirname, '../../../..');

/**
 * Starts a sandbox on free ports.
 *
 * @param options.templates - content of `template.yaml` of additional golden paths, by directory name
 * @param options.replacements - a text and its replacement, by file below `infra/`
 */
export async function startSandboxTarget(
  options: {
    templates?: Record<string, string>;
    replacements?: Record<string, [string, string]>;
  } = {},
): Promise<PortalTarget> {
  const { templates = {}, replacements = {} } = options;
  const directory = await mkdtemp(join(tmpdir(), 'sandbox-target-'));
  const sandbox = await startSandbox({
    stateDirectory: join(directory, 'sandbox'),
    seedDirectories: {
      infra: await copyInfra(directory, replacements),
      templates: await copyTemplates(directory, templates),
    },
    logger: { info() {}, warn() {}, error() {} },
  });
  const file = join(directory, 'app-config.yaml');
  const embedded = await readFile(join(ROOT, 'app-config.yaml'), 'utf8');
  await writeFile(
    file,
    configOf({ embedded, sandbox, templates: Object.keys(templates) }),
  );
  return {
    configFiles: [file],
    environment: {},
    cluster: 'sandbox',
    forge: {
      url: sandbox.forgeUrl,
      platformEngineerToken: sandboxAccounts.platformEngineer.token,
    },
    scan: async () => {},
    stop: async () => {
      await sandbox.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The embedded app-config.yaml, with the ports of the sandbox. */
function configOf(options: {
  embedded: string;
  sandbox: Sandbox;
  templates: string[];
}): string {
  const { embedded, sandbox, templates } = options;
  const config = parse(
    embedded
      .replaceAll('http://127.0.0.1:7010', sandbox.forgeUrl)
      .replaceAll('127.0.0.1:7010', new URL(sandbox.forgeUrl).host)
      .replaceAll('http://127.0.0.1:7011', sandbox.kubernetesUrl)
      .replaceAll('http://127.0.0.1:7012', sandbox.grafanaUrl),
  );
  config.catalog.locations.push(
    ...templates.map(name => ({
      type: 'url',
      target: `${sandbox.forgeUrl}/acme/platform/src/branch/main/templates/${name}/template.yaml`,
      rules: [{ allow: ['Template'] }],
    })),
  );
  return stringify(config);
}

async function copyTemplates(
  directory: string,
  templates: Record<string, string>,
) {
  const target = join(directory, 'templates');
  await cp(join(ROOT, 'templates'), target, { recursive: true });
  for (const [name, content] of Object.entries(templates)) {
    await mkdir(join(target, name));
    await writeFile(join(target, name, 'template.yaml'), content);
  }
  return target;
}

async function copyInfra(
  directory: string,
  replacements: Record<string, [string, string]>,
) {
  const target = join(directory, 'infra');
  await cp(join(ROOT, 'infra'), target, { recursive: true });
  for (const [path, [before, after]] of Object.entries(replacements)) {
    const file = join(target, path);
    const content = await readFile(file, 'utf8');
    if (!content.includes(before)) {
      throw new Error(`${path} does not contain ${before}`);
    }
    await writeFile(file, content.replace(before, after));
  }
  return target;
}

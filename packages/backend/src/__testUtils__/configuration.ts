import type { Sandbox } from '@internal/sandbox';
import { parse, stringify } from 'yaml';

/** The embedded app-config.yaml, moved to the ports of a sandbox and a backend that a test has started. */
export function configuration(options: {
  embedded: string;
  sandbox: Sandbox;
  port: number;
  /** Directory names of templates to register besides those that are embedded. */
  templates: string[];
}): string {
  const { embedded, sandbox, port, templates } = options;
  const config = parse(
    embedded
      .replaceAll('http://127.0.0.1:7010', sandbox.forgeUrl)
      .replaceAll('127.0.0.1:7010', new URL(sandbox.forgeUrl).host)
      .replaceAll('http://127.0.0.1:7011', sandbox.kubernetesUrl)
      .replaceAll('http://127.0.0.1:7012', sandbox.grafanaUrl)
      .replaceAll('http://localhost:7007', `http://localhost:${port}`),
  );
  config.backend.listen.port = port;
  config.backend.database.connection = ':memory:';
  config.catalog.locations.push(
    ...templates.map(name => ({
      type: 'url',
      target: `${sandbox.forgeUrl}/acme/platform/src/branch/main/templates/${name}/template.yaml`,
      rules: [{ allow: ['Template'] }],
    })),
  );
  return stringify(config);
}

import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { find, load } from './__testUtils__/overlay';

const ROOT = resolve(__dirname, '../../../..');
const SERVER = join(ROOT, 'infra/gitops/platform/portal-server');

/** Variables that a cluster's own account and public authorities make unnecessary. */
const OPTIONAL = [
  'KUBERNETES_CA_FILE',
  'KUBERNETES_TOKEN',
  'KUBERNETES_URL',
  'POSTGRES_CA',
  'POSTGRES_PORT',
];

async function readYaml(file: string) {
  return parse(await readFile(join(SERVER, file), 'utf8'));
}

const settings = async (): Promise<Record<string, string>> => ({
  ...(await readYaml('overlays/shared/configuration.yaml')).data,
  ...(await readYaml('base/platform-repository.yaml')).data,
});

async function secretNames(): Promise<string[]> {
  const { spec } = await readYaml('base/externalsecret.yaml');
  return spec.data.map(({ secretKey }: { secretKey: string }) => secretKey);
}

it('sets every variable of the overlay once: secrets by reference, the rest as configuration', async () => {
  const overlay = await readFile(
    join(ROOT, 'app-config.production.yaml'),
    'utf8',
  );
  const used = new Set(overlay.match(/(?<=\$\{)[A-Z_]+/g));
  const configured = Object.keys(await settings()).filter(
    name => !name.startsWith('OTEL_'),
  );
  expect([...configured, ...(await secretNames()), ...OPTIONAL].sort()).toEqual(
    [...used].sort(),
  );
  expect(configured.filter(name => /SECRET|TOKEN|PASSWORD/.test(name))).toEqual(
    [],
  );
});

it('starts with the values of a company, and with none of the examples', async () => {
  const examples = await settings();
  const secrets = Object.fromEntries(
    (await secretNames()).map(name => [
      name,
      `${name}0123456789abcdef0123456789`,
    ]),
  );
  const company = Object.fromEntries(
    Object.entries(examples).map(([name, value]) => [
      name,
      value.replaceAll('example.com', 'acme.test'),
    ]),
  );
  expect(find(await load({ ...company, ...secrets }))).toEqual([]);

  const withExample = Object.entries(examples).filter(([, value]) =>
    value.includes('example.com'),
  );
  expect(withExample).toHaveLength(7);
  for (const [name, value] of withExample) {
    const problems = find(
      await load({ ...company, ...secrets, [name]: value }),
    );
    expect([name, problems.length]).not.toEqual([name, 0]);
  }
});

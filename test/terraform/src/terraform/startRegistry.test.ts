import { type Registry, startRegistry } from './startRegistry';

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

it('lists the versions with interfaces', async () => {
  const response = await fetch(
    `${registry.url}terraform-aws-modules/eks/aws/versions`,
  );
  expect(await response.json()).toEqual({
    modules: [{ versions: [{ version: '20.37.2' }] }],
  });
});

it('serves a module as an archive', async () => {
  const address = `${registry.url}terraform-aws-modules/eks/aws/20.37.2/`;
  const download = await fetch(`${address}download`);
  expect(download.status).toBe(204);
  const archive = await fetch(
    new URL(download.headers.get('X-Terraform-Get')!, address),
  );
  const start = new Uint8Array(await archive.arrayBuffer()).slice(0, 2);
  expect([...start]).toEqual([0x1f, 0x8b]);
});

it.each(['terraform-aws-modules/kms/aws/versions', 'anything'])(
  'has nothing else (%s)',
  async path => {
    expect((await fetch(registry.url + path)).status).toBe(404);
  },
);

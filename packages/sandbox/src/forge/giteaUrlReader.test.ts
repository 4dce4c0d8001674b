import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockServices } from '@backstage/backend-test-utils';
import {
  startForgeFixture,
  type ForgeFixture,
} from '../__testUtils__/forgeFixture';
import { pushBranch } from '../__testUtils__/git';
import { sandboxAccounts } from './accounts';

describe("Backstage's URL reader for Gitea", () => {
  let fixture: ForgeFixture;
  beforeAll(async () => {
    fixture = await startForgeFixture({
      'infra/README.md': 'x\n',
      'templates/ml-service/template.yaml': 'kind: Template\n',
      'templates/ml-service/skeleton/a/${{ values.name }}.yaml': 'a: é\n',
    });
  });
  afterAll(() => fixture.stop());

  const createReader = (password: string) => {
    const { host } = new URL(fixture.forge.url);
    const { login: username } = sandboxAccounts.portal;
    const gitea = [{ host, baseUrl: fixture.forge.url, username, password }];
    return UrlReaders.default({
      logger: mockServices.logger.mock(),
      config: mockServices.rootConfig({ data: { integrations: { gitea } } }),
    });
  };
  const url = (path: string) =>
    `${fixture.forge.url}/acme/platform/src/branch/main/${path}`;

  it('reads files and directories, and detects unchanged ones', async () => {
    const reader = createReader(sandboxAccounts.portal.token);
    const file = await reader.readUrl(
      url('templates/ml-service/template.yaml'),
    );
    expect((await file.buffer()).toString()).toBe('kind: Template\n');

    const tree = await reader.readTree(url('templates/ml-service'));
    const files = await Promise.all(
      (
        await tree.files()
      ).map(async ({ path, content }) => [path, (await content()).toString()]),
    );
    expect(Object.fromEntries(files)).toEqual({
      'template.yaml': 'kind: Template\n',
      'skeleton/a/${{ values.name }}.yaml': 'a: é\n',
    });
    await expect(
      reader.readTree(url('templates'), { etag: tree.etag }),
    ).rejects.toMatchObject({
      name: 'NotModifiedError',
    });
    await pushBranch(fixture.clone, 'other', { 'infra/other': 'o' });
    const { files: found } = await reader.search(url('infra/README.md'));
    expect(found).toHaveLength(1);
  });

  it('reports missing files, and fails with a wrong token', async () => {
    const reader = createReader(sandboxAccounts.portal.token);
    await expect(
      reader.readUrl(url('templates/no.yaml')),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      createReader('wrong').readUrl(url('infra/README.md')),
    ).rejects.toThrow('401');
  });
});

import { rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import {
  api,
  CatalogFileChecks,
  component,
} from '../__testUtils__/CatalogFileChecks';
import { checkCatalogFile } from './catalogFile';

describe('what the check of catalog-info.yaml leaves alone', () => {
  let checks: CatalogFileChecks;

  beforeAll(async () => {
    checks = await CatalogFileChecks.create();
  });

  afterAll(async () => {
    await checks.trees.remove();
  });

  it('ignores kinds that belong to the platform, and says so', async () => {
    expect(await checks.fixture('location-too.yaml')).toEqual([
      'passed',
      'Line 13: Location feature-api-docs is ignored: a workload defines Components, APIs and Resources only. Other kinds belong to the platform.',
    ]);
    for (const kind of [
      'System',
      'Domain',
      'Group',
      'User',
      'Template',
      'Deployment',
    ]) {
      expect(
        await checks.check(
          `${component()}---\nkind: ${kind}\nmetadata: { name: x }\n`,
        ),
      ).toEqual([
        'passed',
        expect.stringMatching(`^Line 11: ${kind} x is ignored`),
      ]);
    }
  });

  it('does not follow links out of the repository', async () => {
    await symlink(
      '/etc/hostname',
      path.join(checks.trees.root, checks.trees.directory, 'link'),
    );
    expect((await checks.check(api('{ $text: link }')))[1]).toContain(
      'is not a file of the platform repository',
    );
  });

  it('does not judge files that a tree of one workload lacks', async () => {
    const content = api('{ $text: ../other/elsewhere.yaml }');
    expect(await checks.check(content, {})).toEqual(['passed']);
    expect((await checks.check(content))[0]).toBe('failed');
  });

  it('refuses the deletion of the file while the workload is deployed', async () => {
    await rm(path.join(checks.trees.root, checks.file), { force: true });
    expect((await checkCatalogFile(checks.trees.change)).status).toBe(
      'skipped',
    );
    expect(
      await checkCatalogFile({
        ...checks.trees.change,
        changedPaths: [checks.file],
      }),
    ).toMatchObject({
      status: 'failed',
      messages: [
        {
          path: checks.file,
          text: 'The workload is still deployed, so its pages need this file. Keep it, or delete the overlays too.',
        },
      ],
    });
  });
});

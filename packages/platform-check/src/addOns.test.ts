import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { failuresOf, TestRepository } from './__testUtils__/TestRepository';

// Builds all kustomizations of the add-ons with the real Kustomize.
jest.setTimeout(240_000);

const checkout = path.resolve(__dirname, '../../..');
const platform = 'infra/gitops/platform';

/** The platform repository, and the chart of an add-on that has one. */
type Sources = [
  { path: string },
  { targetRevision: string; helm: { valueFiles: string[] } }?,
];

async function applications() {
  const found: { name: string; sources: Sources }[] = [];
  for (const name of await readdir(path.join(checkout, platform))) {
    const file = path.join(checkout, platform, name, 'base/application.yaml');
    if (existsSync(file)) {
      const [application] = parseAllDocuments(await readFile(file, 'utf8'));
      found.push({ name, sources: application.toJS().spec.sources });
    }
  }
  return found;
}

/** Paths of an add-on's files with a name, relative to the checkout. */
async function filesOf(addOn: string, name: RegExp) {
  const files = await readdir(path.join(checkout, platform, addOn), {
    recursive: true,
  });
  return files
    .filter(file => name.test(file))
    .map(file => path.join(platform, addOn, file));
}

describe('add-ons', () => {
  const repository = TestRepository.forAll();

  it('pass the check, all of them and in every overlay', async () => {
    await repository.remove(platform);
    repository.commit();
    repository.git('checkout', 'HEAD~1', '--', platform);
    const report = await repository.check();
    expect(failuresOf(report)).toEqual([]);
    const titles = report.sections.map(({ title }) => title);
    for (const { name } of await applications()) {
      for (const file of await filesOf(name, /(^|\/)kustomization\.yaml$/)) {
        expect(titles).toContain(path.dirname(file));
      }
    }
  });

  it('have an exact version, values in files, guards, alerts and a runbook', async () => {
    for (const { name, sources } of await applications()) {
      const [own, chart] = sources;
      expect([name, own.path]).toEqual([
        name,
        `root/gitops/platform/${name}/objects`,
      ]);
      const overlays = await filesOf(name, /overlays\/[^/]+\/values\.yaml$/);
      // What has no chart has nothing but its objects.
      expect([name, chart?.targetRevision ?? '0.0.0']).toEqual([
        name,
        expect.stringMatching(/^v?\d+\.\d+\.\d+$/),
      ]);
      expect(chart?.helm.valueFiles).toEqual(
        chart && [`$values/root/gitops/platform/${name}/base/values.yaml`],
      );
      for (const file of overlays) {
        const kustomization = path.join(
          path.dirname(file),
          'kustomization.yaml',
        );
        expect(
          await readFile(path.join(checkout, kustomization), 'utf8'),
        ).toContain(`value: $values/root/${file.slice('infra/'.length)}\n`);
      }
      const objects = await Promise.all(
        (
          await filesOf(name, /objects\/.*\.yaml$/)
        ).map(file => readFile(path.join(checkout, file), 'utf8')),
      );
      expect([name, objects.join('\n')]).toEqual([
        name,
        expect.stringMatching(/^kind: NetworkPolicy$/m),
      ]);
      const runbooks = objects.flatMap(text => [
        ...text.matchAll(/runbook: (docs\/runbooks\/\S+)/g),
      ]);
      for (const file of [
        `docs/runbooks/${name}.md`,
        ...runbooks.map(([, page]) => page),
      ]) {
        expect([file, existsSync(path.join(checkout, file))]).toEqual([
          file,
          true,
        ]);
      }
    }
  });
});

import { rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import {
  createWorkloadTrees,
  type WorkloadTrees,
} from '../__testUtils__/createWorkloadTrees';
import { hostileFields } from '../__testUtils__/hostile/fields';
import type { HostileKustomization } from '../__testUtils__/hostile/HostileKustomization';
import { hostileReferences } from '../__testUtils__/hostile/references';
import { hostileTexts } from '../__testUtils__/hostile/text';

jest.setTimeout(240_000);

describe('hostile kustomizations', () => {
  let trees: WorkloadTrees;

  beforeEach(async () => {
    trees = await createWorkloadTrees();
  });

  afterEach(async () => {
    await trees.remove();
  });

  async function messagesAbout({
    kustomization,
    files = {},
    links = {},
  }: HostileKustomization) {
    const overlay = path.join(trees.root, trees.overlay);
    await rm(overlay, { recursive: true });
    const all = {
      'victim.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n',
      'kustomization.yaml': kustomization,
      ...files,
    };
    for (const [file, content] of Object.entries(all)) {
      await trees.write(`${trees.overlay}/${file}`, content);
    }
    for (const [link, target] of Object.entries(links)) {
      await symlink(target, path.join(overlay, link));
    }
    const { failures, checks } = await trees.validate([]);
    expect(checks).toContainEqual(
      expect.objectContaining({ id: 'kustomize-build', status: 'skipped' }),
    );
    return failures.references;
  }

  it.each([
    ['references', hostileReferences],
    ['fields', hostileFields],
    ['texts', hostileTexts],
  ])('are refused without a build: %s', async (_, corpus) => {
    const found = [];
    for (const hostile of corpus) {
      found.push({
        name: hostile.name,
        messages: await messagesAbout(hostile),
      });
    }
    expect(found).toEqual(
      corpus.map(({ name, messages }) => ({
        name,
        messages: messages.map(
          message => `${trees.overlay}/kustomization.yaml: ${message}`,
        ),
      })),
    );
  });

  it('are at least 75', () => {
    const names = [...hostileReferences, ...hostileFields, ...hostileTexts].map(
      ({ name }) => name,
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(75);
  });

  it('are refused in a directory that the overlay loads, too', async () => {
    await trees.edit(
      `${trees.directory}/base/kustomization.yaml`,
      /$/,
      'configMapGenerator: [{name: x, Files: [a=/etc/passwd]}]\n',
    );
    const { failures } = await trees.validate([]);
    expect(failures.references).toEqual([
      `${trees.directory}/base/kustomization.yaml: configMapGenerator[0].Files: write this key as "files", in the case of the documentation.`,
    ]);
  });

  it('are refused beside a second kustomization', async () => {
    await trees.write(`${trees.overlay}/Kustomization`, 'resources: []\n');
    const { failures } = await trees.validate([]);
    expect(failures.references).toEqual([
      `${trees.overlay}: This directory needs exactly one kustomization.yaml.`,
    ]);
  });
});

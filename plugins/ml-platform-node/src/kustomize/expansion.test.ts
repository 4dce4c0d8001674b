import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  createWorkloadTrees,
  type WorkloadTrees,
} from '../__testUtils__/createWorkloadTrees';
import { kustomizeBuild } from './kustomizeBuild';

jest.setTimeout(240_000);

const TOO_LARGE =
  'With its aliases replaced, this is larger than 1048576 bytes. Repeat less with aliases, and do not put aliases into what an alias repeats.';
const OBJECT = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\n';

/** Fields of data, each a list of ten aliases of the one before. */
function bomb(indentation: string): string {
  return [
    'a: &a [x,x,x,x,x,x,x,x,x,x]',
    ...[...'bcde'].map(
      (key, level) =>
        `${key}: &${key} [${Array(10).fill(`*${'abcd'[level]}`)}]`,
    ),
  ]
    .map(line => `${indentation}${line}\n`)
    .join('');
}

interface Expansion {
  name: string;
  files: Record<string, string>;
  /** The file that the message names. */
  file: string;
  message: string;
}

const EXPANSIONS: Expansion[] = [
  {
    name: 'a resource',
    files: {
      'kustomization.yaml': 'resources: [bomb.yaml]\n',
      'bomb.yaml': `${OBJECT}data:\n${bomb('  ')}`,
    },
    file: 'bomb.yaml',
    message: `Line 1: ${TOO_LARGE}`,
  },
  {
    name: 'a resource without the name of YAML',
    files: {
      'kustomization.yaml': 'resources: [bomb.txt]\n',
      'bomb.txt': `${OBJECT}data:\n${bomb('  ')}`,
    },
    file: 'bomb.txt',
    message: `Line 1: ${TOO_LARGE}`,
  },
  {
    name: 'the second document of a resource',
    files: {
      'kustomization.yaml': 'resources: [bomb.yaml]\n',
      'bomb.yaml': `${OBJECT.replace(
        'bomb',
        'harmless',
      )}---\n${OBJECT}data:\n${bomb('  ')}`,
    },
    file: 'bomb.yaml',
    message: `Line 4: ${TOO_LARGE}`,
  },
  {
    name: 'a patch',
    files: {
      'kustomization.yaml':
        'resources: [object.yaml]\npatches: [{path: bomb.yaml}]\n',
      'object.yaml': OBJECT,
      'bomb.yaml': `${OBJECT}data:\n${bomb('  ')}`,
    },
    file: 'bomb.yaml',
    message: `Line 1: ${TOO_LARGE}`,
  },
  {
    name: 'a patch in the kustomization',
    files: {
      'kustomization.yaml': `resources: [object.yaml]\npatches:\n  - patch: |\n${`${OBJECT}data:\n${bomb(
        '  ',
      )}`.replace(/^(?=.)/gm, '      ')}`,
      'object.yaml': OBJECT,
    },
    file: 'kustomization.yaml',
    message: `patches[0].patch: Line 1: ${TOO_LARGE}`,
  },
  {
    name: 'a strategic merge patch',
    files: {
      'kustomization.yaml':
        'resources: [object.yaml]\npatchesStrategicMerge: [bomb.yaml]\n',
      'object.yaml': OBJECT,
      'bomb.yaml': `${OBJECT}data:\n${bomb('  ')}`,
    },
    file: 'bomb.yaml',
    message: `Line 1: ${TOO_LARGE}`,
  },
  {
    name: 'a strategic merge patch in the kustomization',
    files: {
      'kustomization.yaml': `resources: [object.yaml]\npatchesStrategicMerge:\n  - |\n${`${OBJECT}data:\n${bomb(
        '  ',
      )}`.replace(/^(?=.)/gm, '    ')}`,
      'object.yaml': OBJECT,
    },
    file: 'kustomization.yaml',
    message: `patchesStrategicMerge[0]: Line 1: ${TOO_LARGE}`,
  },
];

describe('kustomizations that expand', () => {
  let trees: WorkloadTrees;

  beforeEach(async () => {
    trees = await createWorkloadTrees();
  });

  afterEach(async () => {
    await trees.remove();
  });

  async function writeOverlay(files: Record<string, string>) {
    for (const [file, content] of Object.entries(files)) {
      await trees.write(`${trees.overlay}/${file}`, content);
    }
  }

  const build = () =>
    kustomizeBuild(trees.overlay, {
      root: trees.root,
      allowedDirectories: [trees.directory],
    });

  it.each(EXPANSIONS.map(one => [one.name, one] as const))(
    'are refused without a build: %s',
    async (_, { files, file, message }) => {
      await writeOverlay(files);
      const { failures } = await trees.validate([]);
      expect(failures.references).toEqual([
        `${trees.overlay}/${file}: ${message}`,
      ]);
      await expect(build()).rejects.toThrow(`/${file}: ${message}`);
    },
  );

  it.each(EXPANSIONS.map(one => [one.name, one] as const))(
    'grow in the real Kustomize: %s',
    async (_, { files }) => {
      await writeOverlay(files);
      const { stdout } = await promisify(execFile)(
        'kubectl',
        ['kustomize', path.join(trees.root, trees.overlay)],
        { maxBuffer: 64 * 1024 * 1024 },
      );
      const written = Object.values(files).join('').length;
      expect(stdout.length).toBeGreaterThan(1_000 * written);
    },
  );

  it('are built where anchors are used as people use them', async () => {
    await writeOverlay({
      'kustomization.yaml': 'resources: [object.yaml]\n',
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  labels: &labels {tier: web}
  annotations: {<<: *labels, more: &more text}
data: {a: *more, b: *more}
`,
    });
    expect(await build()).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'settings',
          labels: { tier: 'web' },
          annotations: { tier: 'web', more: 'text' },
        },
        data: { a: 'text', b: 'text' },
      },
    ]);
  });

  it('count each file as often as it is loaded', async () => {
    const levels = 14;
    const directory = (level: number, side: string) =>
      `${trees.directory}/base/${side}${level}`;
    for (let level = 0; level < levels; level += 1) {
      for (const side of ['a', 'b']) {
        await trees.write(
          `${directory(level, side)}/kustomization.yaml`,
          level + 1 < levels
            ? `namePrefix: ${side}${level}-\nresources: [../a${
                level + 1
              }, ../b${level + 1}]\n`
            : 'resources: [object.yaml]\n',
        );
      }
    }
    for (const side of ['a', 'b']) {
      await trees.write(
        `${directory(levels - 1, side)}/object.yaml`,
        `${OBJECT}data: {a: ${'x'.repeat(2_000)}}\n`,
      );
    }
    await writeOverlay({
      'kustomization.yaml': 'resources: [../../base/a0]\n',
    });
    await expect(build()).rejects.toThrow(
      /^\S+\/overlays\/dev: This loads \d+ bytes, with aliases replaced and with each file as often as it is loaded; the limit is 16777216\. Load less, or load it once\.$/,
    );
    await writeOverlay({
      'kustomization.yaml': `configMapGenerator:\n  - name: x\n    files: [${Array.from(
        { length: 40 },
        (_, index) => `k${index}=data.txt`,
      )}]\n`,
      'data.txt': 'x'.repeat(600_000),
    });
    await expect(build()).rejects.toThrow(/: This loads 2400\d{4} bytes/);
  });

  it('are refused where they load themselves', async () => {
    await writeOverlay({
      'kustomization.yaml': 'resources: [../../base]\n',
    });
    await trees.write(
      `${trees.directory}/base/kustomization.yaml`,
      'resources: [../overlays/dev]\n',
    );
    const { failures } = await trees.validate([]);
    expect(failures.references).toEqual([
      `${trees.overlay}: This directory loads itself, by way of others.`,
      // What the other overlay finds.
      `${trees.directory}/base: This directory loads itself, by way of others.`,
    ]);
  });

  it('are refused where a file is larger than any may be', async () => {
    await writeOverlay({
      'kustomization.yaml': 'resources: [object.yaml]\n',
      'object.yaml': '#'.repeat(2_000_000),
    });
    await expect(build()).rejects.toThrow(
      `${trees.overlay}/object.yaml: The file has 2000000 bytes; the limit is 1048576. Make it smaller.`,
    );
  });
});

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  createWorkloadTrees,
  type WorkloadTrees,
} from '../__testUtils__/createWorkloadTrees';
import { validateChange } from './validateChange';

// Each environment starts a Kustomize process, which is slow on a busy machine.
jest.setTimeout(240_000);

const MIB = 1024 * 1024;

describe('the check of file sizes', () => {
  let trees: WorkloadTrees;

  beforeEach(async () => {
    trees = await createWorkloadTrees();
  });

  afterEach(async () => {
    await trees.remove();
  });

  it('refuses files that nobody reads, before anything reads them', async () => {
    const { directory, overlay, terraformFile } = trees;
    const files: Array<[file: string, content: string, message: string]> = [
      [
        `${directory}/base/big.yaml`,
        'x'.repeat(70 * MIB),
        'The file has 73400320 bytes; the limit is 1048576. Make it smaller.',
      ],
      [
        `${directory}/catalog-info.yaml`,
        'k: &a [1]\n'.repeat(200_000),
        'The file has 2000000 bytes; the limit is 262144. Make it smaller.',
      ],
      [
        `${overlay}/ml-platform.yaml`,
        '['.repeat(60_000),
        'Line 1: This is nested more than 32 levels deep. Make it smaller.',
      ],
      [
        `${directory}/runs/dev/a.json`,
        `[${'1,'.repeat(10_000)}1]`,
        'Line 1: This document has more than 6000 parts. Make it smaller.',
      ],
      [
        `${overlay}/data.txt`,
        'x'.repeat(2 * MIB),
        'The file has 2097152 bytes; the limit is 1048576. Make it smaller.',
      ],
      [
        terraformFile,
        'x'.repeat(200_000),
        'The file has 200000 bytes; the limit is 131072. Make it smaller.',
      ],
    ];
    for (const [file, content] of files) {
      await trees.write(file, content);
    }
    const { checks, failures } = await trees.validate();
    expect(failures).toEqual({
      'file-limits': expect.arrayContaining(
        files.map(([file, , message]) => `${file}: ${message}`),
      ),
    });
    expect(failures['file-limits']).toHaveLength(files.length);
    // The checks that would read one of them say so; nothing else is passed over.
    const statuses = new Map(checks.map(check => [check.id, check]));
    expect(
      checks.filter(({ status }) => status === 'passed').map(({ id }) => id),
    ).toEqual(['paths']);
    expect(statuses.get('schemas')).toMatchObject({
      status: 'skipped',
      messages: [
        { text: expect.stringMatching(/^Not checked: .* cannot be read\.$/) },
      ],
    });
    expect(statuses.get('catalog')?.messages).toEqual([
      { text: `Not checked: ${directory}/catalog-info.yaml cannot be read.` },
    ]);
  });

  it('checks everything else when one file is not UTF-8', async () => {
    const file = `${trees.overlay}/ml-platform.yaml`;
    await writeFile(
      path.join(trees.root, file),
      Buffer.from([0x61, 0x3a, 0x20, 0xff, 0x0a]),
    );
    await trees.edit(
      `${trees.overlay}/replicas.yaml`,
      'replicas: 1',
      'replicas: many',
    );
    const { checks, failures } = await trees.validate();
    expect(failures).toEqual({
      'file-limits': [`${file}: This is not UTF-8 text. Save it as UTF-8.`],
      schemas: [
        expect.stringContaining(
          'spec.replicas is "many", but must be a whole number, without quotes',
        ),
      ],
    });
    expect(checks.find(({ id }) => id === 'answers')).toMatchObject({
      status: 'skipped',
      messages: [{ text: `Not checked: ${file} cannot be read.` }],
    });
  });

  it('names the run that multiplies aliases', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x,x]',
      ...[...'bcdefghi'].map(
        (key, index) =>
          `${key}: &${key} [${Array(10).fill(`*${'abcdefghi'[index]}`)}]`,
      ),
    ].join('\n');
    await trees.write(`${trees.directory}/runs/dev/bomb.yaml`, bomb);
    const { failures } = await trees.validate();
    expect(failures).toEqual({
      'kustomize-build': [
        `${trees.directory}/runs/dev/bomb.yaml: Line 1: With its aliases replaced, this is larger than 1048576 bytes. Repeat less with aliases, and do not put aliases into what an alias repeats.`,
      ],
    });
  });

  it('refuses what Kustomize makes too large', async () => {
    await trees.write(
      `${trees.directory}/base/many.yaml`,
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: many }\ndata:\n${Array.from(
        { length: 3_000 },
        (_, key) => `  k${key}: v\n`,
      ).join('')}`,
    );
    await trees.edit(
      `${trees.directory}/base/kustomization.yaml`,
      'resources:\n',
      'resources:\n  - many.yaml\n',
    );
    const { failures } = await trees.validate();
    expect(failures['kustomize-build']).toContain(
      `${trees.directory}: What Kustomize renders is too large: This document has more than 10000 parts. Make it smaller. (dev, prod)`,
    );
  });

  it('checks a fix of a workload that was too large', async () => {
    await trees.copyWorkload(trees.before, 'app-ml-team', 'feature-api');
    const runs = `${trees.before}/${trees.directory}/runs/dev`;
    await mkdir(runs, { recursive: true });
    await writeFile(`${runs}/a.yaml`, '['.repeat(100_000));
    const { checks } = await trees.validate();
    expect(checks.filter(({ status }) => status === 'failed')).toEqual([]);
  });

  it('refuses the 501st workload of a team', async () => {
    for (let index = 0; index < 500; index += 1) {
      await trees.write(`${trees.directory}-${index}/catalog-info.yaml`, '');
    }
    const file = `${trees.directory}/catalog-info.yaml`;
    const validate = async (changedPaths: string[]) => {
      const { checks } = await validateChange({
        ...trees.change,
        wholeRepository: true,
        changedPaths,
      });
      return checks.find(({ id }) => id === 'file-limits')?.messages;
    };
    expect(await validate([file])).toEqual([
      {
        path: `${trees.workloads}/app-ml-team`,
        text: 'app-ml-team has 501 workloads; the portal shows 500 of one team. Remove some.',
      },
    ]);
    expect(await validate([`${trees.overlay}/image.yaml`])).toEqual([]);
  });
});

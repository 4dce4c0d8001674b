import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { kustomizeBuild } from './kustomizeBuild';

const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

const directory = createMockDirectory();

const build = () =>
  kustomizeBuild('app/overlay', {
    root: directory.path,
    allowedDirectories: ['app'],
  });

it('renders the same files once, and again when a byte of any of them changes', async () => {
  directory.setContent({
    app: {
      base: { 'kustomization.yaml': 'resources: [a.yaml]', 'a.yaml': config },
      overlay: {
        'kustomization.yaml':
          'resources: [../base]\nconfigMapGenerator: [{ name: b, files: [data] }]',
      },
    },
  });
  const data = path.join(directory.path, 'app/overlay/data');
  await writeFile(data, Buffer.from([0xff]));
  const first = await build();
  expect(first).toHaveLength(2);
  // A caller may change what it got.
  first.pop();

  const { PATH } = process.env;
  try {
    process.env.PATH = '';
    await expect(build()).resolves.toHaveLength(2);
    // Both are the same as text: no valid UTF-8.
    await writeFile(data, Buffer.from([0xfe]));
    await expect(build()).rejects.toThrow('kubectl');
    await writeFile(data, Buffer.from([0xff]));
    await writeFile(
      path.join(directory.path, 'app/base/a.yaml'),
      config.replace('name: a', 'name: c'),
    );
    await expect(build()).rejects.toThrow('kubectl');
  } finally {
    process.env.PATH = PATH;
  }
  await expect(build()).resolves.toMatchObject([
    {},
    { metadata: { name: 'c' } },
  ]);
});

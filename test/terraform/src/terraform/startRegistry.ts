import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  mkdir,
  mkdtemp,
  copyFile,
  readdir,
  readFile,
  rm,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modulesDirectory } from '../paths';
import { runOrThrow } from '../run';

const NAMESPACE = 'terraform-aws-modules';
const PROVIDER = 'aws';

/** A module registry on loopback with the variables and outputs of the required modules, but without resources. */
export interface Registry {
  /** URL for the `modules.v1` service of a host block. */
  url: string;
  stop: () => Promise<void>;
}

export async function startRegistry(): Promise<Registry> {
  const versions = new Map<string, string[]>();
  for (const file of await readdir(modulesDirectory)) {
    const [, name, version] = /^(.+)-([\d.]+)\.tf\.json$/.exec(file) ?? [];
    if (name) {
      versions.set(name, [...(versions.get(name) ?? []), version]);
    }
  }
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const [, name, rest] =
      new RegExp(`^/${NAMESPACE}/([\\w-]+)/${PROVIDER}/(.+)$`).exec(path) ?? [];
    const known = versions.get(name) ?? [];
    const [version, action] = (rest ?? '').split('/');
    if (known.length && rest === 'versions') {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          modules: [{ versions: known.map(each => ({ version: each })) }],
        }),
      );
    } else if (known.includes(version) && action === 'download') {
      response.setHeader('X-Terraform-Get', './archive.tgz');
      response.writeHead(204).end();
    } else if (known.includes(version) && action === 'archive.tgz') {
      response.end(await archive(`${name}-${version}.tf.json`));
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function archive(file: string): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), 'registry-'));
  try {
    const content = join(directory, 'module');
    await mkdir(content);
    await copyFile(join(modulesDirectory, file), join(content, 'main.tf.json'));
    const target = join(directory, 'module.tgz');
    await runOrThrow('tar', ['-czf', target, '-C', content, '.']);
    return await readFile(target);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

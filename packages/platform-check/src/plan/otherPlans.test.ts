import { readdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import {
  kustomizeBuild,
  type KubernetesObject,
} from '@internal/plugin-ml-platform-node/validation';
import { failuresOf, TestRepository } from '../__testUtils__/TestRepository';
import { writeRendered } from './writeRendered';

/** Specifications of AppProjects, ApplicationSets and Applications. */
interface ArgocdObject extends KubernetesObject {
  spec: {
    destinations: object[];
    sourceRepos: string[];
    generators: Array<{ git: { directories: Array<{ path: string }> } }>;
    template: { metadata: { name: string }; spec: { source: object } };
    source: { path: string };
    sources: [object, { helm: { valueFiles: string[] } }?];
  };
}

jest.setTimeout(600_000);

describe('another plan', () => {
  let repository: TestRepository;

  beforeEach(async () => {
    repository = await TestRepository.create();
  });

  afterEach(async () => {
    await repository.delete();
  });

  const render = (rootDirectory = 'infra') =>
    writeRendered({ repository: repository.directory, rootDirectory });
  const read = (file: string) =>
    readFile(path.join(repository.directory, file), 'utf8');

  async function bootstrap(cluster: string, root = 'infra') {
    const objects = await kustomizeBuild(
      path.posix.join(root, 'gitops/bootstrap', cluster),
      {
        root: repository.directory,
        allowedDirectories: [path.posix.join(root, 'gitops')],
      },
    );
    return (kind: string) =>
      objects
        .filter(object => object.kind === kind)
        .map(object => object as ArgocdObject);
  }
  const names = (objects: KubernetesObject[]) =>
    objects.map(({ metadata }) => metadata.name).sort();

  it('moves production to a cluster of its own by one line', async () => {
    await repository.edit(
      'infra/platform.yaml',
      'name: prod, cluster: shared',
      'name: prod, cluster: production',
    );
    const { deleted } = await render();
    expect(deleted).toEqual([]);
    expect(failuresOf(await repository.check())).toEqual([]);

    const teams = ['app-core-team', 'app-data-team', 'app-ml-team'];
    const production = await bootstrap('production');
    const shared = await bootstrap('shared');
    for (const [of, environments, suffixes] of [
      [production, ['prod'], ['']],
      [shared, ['dev', 'staging', 'uat'], ['-dev', '-staging', '-uat']],
    ] as const) {
      expect(names(of('AppProject'))).toEqual([...teams, 'platform']);
      for (const { metadata, spec } of of('AppProject').slice(0, 3)) {
        expect(spec.destinations).toEqual(
          suffixes.map(suffix => ({
            server: 'https://kubernetes.default.svc',
            namespace: `${metadata.name}${suffix}`,
          })),
        );
      }
      expect(names(of('ApplicationSet'))).toEqual(
        [
          ...teams.flatMap(team =>
            environments.flatMap(environment => [
              `${team}-${environment}`,
              `${team}-${environment}-runs`,
            ]),
          ),
          'platform',
          'queues',
          'tenants',
        ].sort(),
      );
      const directories = (name: string) =>
        of('ApplicationSet').find(set => set.metadata.name === name)?.spec
          .generators[0].git.directories;
      expect(directories('tenants')).toEqual(
        environments.map(environment => ({
          path: `infra/gitops/tenants/*/overlays/${environment}`,
        })),
      );
      expect(directories('queues')).toEqual(
        teams.map(team => ({ path: `infra/gitops/tenants/${team}/queue` })),
      );
      expect(names(of('Application'))).toEqual(
        expect.arrayContaining(['argocd', 'kueue', 'monitoring', 'root']),
      );
      expect(names(of('ServiceAccount'))).toContain('portal');
    }
    expect(
      production('Application').find(({ metadata }) => metadata.name === 'root')
        ?.spec.source.path,
    ).toBe('infra/gitops/bootstrap/production');
    // Machines of people keep everything.
    expect((await bootstrap('kind'))('ApplicationSet')).toHaveLength(27);
    expect((await bootstrap('sandbox'))('ApplicationSet')).toHaveLength(27);

    const values = (cluster: string) =>
      read(`infra/terraform/compositions/data-platform/${cluster}.plan.tfvars`);
    expect(await values('production')).toContain(`  teams = {
    app-core-team = { environments = ["prod"] }
    app-data-team = { environments = ["prod"] }
    app-ml-team   = { environments = ["prod"] }
  }
}

environments = {
  prod = { namespace_suffix = "", owns_repositories = false }
}

production = true
`);
    expect(await values('shared')).toContain(`  teams = {
    app-core-team = { environments = ["dev", "staging", "uat"] }
    app-data-team = { environments = ["dev", "staging", "uat"] }
    app-ml-team   = { environments = ["dev", "staging", "uat"] }
  }
}

environments = {
  dev     = { namespace_suffix = "-dev", owns_repositories = true }
  staging = { namespace_suffix = "-staging", owns_repositories = false }
  uat     = { namespace_suffix = "-uat", owns_repositories = false }
}

production = false
`);
  });

  it('is that of another company, in another directory, on another branch', async () => {
    await rename(
      path.join(repository.directory, 'infra'),
      path.join(repository.directory, 'platform'),
    );
    for (const [from, to] of [
      [/acme/g, 'initech'],
      ['https://git.example.com', 'https://github.com'],
      ['name: platform\n', 'name: ml-platform\n'],
      ['branch: main', 'branch: trunk'],
      ['root: infra', 'root: platform'],
      ["'111122223333'", "'444455556666'"],
    ] as const) {
      await repository.edit('platform/platform.yaml', from, to);
    }
    await render('platform');

    const files = await readdir(path.join(repository.directory, 'platform'), {
      recursive: true,
      withFileTypes: true,
    });
    for (const file of files.filter(
      entry => entry.isFile() && !entry.name.endsWith('.md'),
    )) {
      const name = path.join(file.parentPath, file.name);
      const text = await readFile(name, 'utf8');
      expect([name, text.match(/acme|git\.example\.com/)?.[0]]).toEqual([
        name,
        undefined,
      ]);
    }
    const of = await bootstrap('shared', 'platform');
    const url = 'https://github.com/initech/ml-platform.git';
    for (const { spec } of of('AppProject')) {
      expect(spec.sourceRepos[0]).toBe(url);
    }
    for (const { spec } of of('ApplicationSet')) {
      expect(spec.generators[0].git).toMatchObject({
        repoURL: url,
        revision: 'trunk',
      });
      expect(spec.template.spec.source).toMatchObject({
        repoURL: url,
        targetRevision: 'trunk',
      });
      for (const directory of spec.generators[0].git.directories) {
        expect(directory.path).toMatch(/^platform\/gitops\//);
      }
    }
    const applications = of('Application');
    const isRoot = ({ metadata }: (typeof applications)[number]) =>
      metadata.name === 'root';
    expect(applications.filter(isRoot).map(({ spec }) => spec.source)).toEqual([
      {
        repoURL: url,
        targetRevision: 'trunk',
        path: 'platform/gitops/bootstrap/shared',
      },
    ]);
    const addOns = applications.filter(application => !isRoot(application));
    expect(addOns).not.toEqual([]);
    for (const { metadata, spec } of addOns) {
      const [, chart] = spec.sources;
      expect(spec.sources[0]).toEqual({
        repoURL: url,
        targetRevision: 'trunk',
        path: expect.stringContaining(
          `platform/gitops/platform/${metadata.name}/objects`,
        ),
        ...(chart && { ref: 'values' }),
      });
      expect(chart?.helm.valueFiles[0]).toBe(
        chart &&
          `$values/platform/gitops/platform/${metadata.name}/base/values.yaml`,
      );
    }
    expect(
      await read('platform/terraform/compositions/state.s3.tfbackend'),
    ).toContain('bucket     = "initech-ml-platform-state"');
  });

  it('can be at the root of the repository', async () => {
    for (const name of await readdir(
      path.join(repository.directory, 'infra'),
    )) {
      await rename(
        path.join(repository.directory, 'infra', name),
        path.join(repository.directory, name),
      );
    }
    await repository.edit('platform.yaml', 'root: infra', "root: ''");
    await render('.');
    const of = await bootstrap('shared', '');
    const set = of('ApplicationSet').find(
      ({ metadata }) => metadata.name === 'app-ml-team-dev',
    );
    expect(set?.spec.generators[0].git.directories).toEqual([
      { path: 'gitops/workloads/app-ml-team/*/overlays/dev' },
    ]);
    expect(set?.spec.template.metadata.name).toBe(
      'app-ml-team--{{index .path.segments 3}}--dev',
    );
  });
});

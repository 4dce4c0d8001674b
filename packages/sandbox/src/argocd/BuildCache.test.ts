import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlatformRepository } from '../__testUtils__/PlatformRepository';
import { BuildCache } from './BuildCache';
import { buildManifests, type Manifests } from './buildManifests';
import { discardSnapshot, type Snapshot, takeSnapshot } from './Snapshot';

const PATH = 'app/overlays/dev';
const CONFIG_MAP =
  '{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}';

/** A transformer of Kustomize that adds a name prefix. */
const prefixTransformer = (prefix: string) =>
  `{apiVersion: builtin, kind: PrefixTransformer, metadata: {name: p}, prefix: ${prefix}, fieldSpecs: [{path: metadata/name}]}`;

describe('builds', () => {
  let repository: PlatformRepository;
  beforeEach(async () => {
    repository = await PlatformRepository.create();
  });
  afterEach(() => repository.remove());

  /** Commits files, and calls a function with a snapshot of the commit. */
  async function withCommit<T>(
    files: Record<string, string>,
    use: (snapshot: Snapshot) => Promise<T>,
  ): Promise<T> {
    const commit = await repository.commit(files);
    const snapshot = await takeSnapshot(repository.directory, commit);
    try {
      return await use(snapshot);
    } finally {
      await discardSnapshot(snapshot);
    }
  }

  it.each([
    ['resources: [../../../shared]', 'shared/x.yaml'],
    ['resources: [../../../shared/]', 'shared/x.yaml'],
    ['bases: [../../../shared]', 'shared/x.yaml'],
    ['components: [../../../shared]', 'shared/x.yaml'],
    ['transformers: [../../../shared]', 'shared/x.yaml'],
    ['generators: [../../../shared]', 'shared/x.yaml'],
    ['validators: [../../../shared]', 'shared/x.yaml'],
    ['configurations: [../../../shared/x.yaml]', 'shared/x.yaml'],
    ['crds: [../../../shared/x.yaml]', 'shared/x.yaml'],
    ['openapi: {path: ../../../shared/x.yaml}', 'shared/x.yaml'],
    ['replacements: [{path: ../../../shared/x.yaml}]', 'shared/x.yaml'],
    ['patches: [{path: ../../../shared/x.yaml}]', 'shared/x.yaml'],
    ['patchesStrategicMerge: [../../../shared/x.yaml]', 'shared/x.yaml'],
    ['patchesJson6902: [{path: ../../../shared/x.yaml}]', 'shared/x.yaml'],
    ['configMapGenerator: [{files: [../../../shared/x]}]', 'shared/x'],
    ['configMapGenerator: [{files: [k=../../../shared/x]}]', 'shared/x'],
    ['secretGenerator: [{envs: [../../../shared/x]}]', 'shared/x'],
    ['secretGenerator: [{env: ../../../shared/x}]', 'shared/x'],
    ['resources: [../../base]', 'app/base/x.yaml'],
    ['patches: [{path: x.yaml}]', `${PATH}/x.yaml`],
  ])('are made again when what %s names changes', async (fields, file) => {
    const build = jest.fn(
      async (): Promise<Manifests> => ({
        objects: [],
        sourceType: 'Kustomize',
      }),
    );
    const cache = new BuildCache(build);
    const get = (snapshot: Snapshot) => cache.get(snapshot, PATH);
    await withCommit(
      { [`${PATH}/kustomization.yaml`]: fields, [file]: 'one' },
      get,
    );
    await withCommit({ 'elsewhere.yaml': 'one' }, get);
    expect(build).toHaveBeenCalledTimes(1);
    await withCommit({ [file]: 'two' }, get);
    expect(build).toHaveBeenCalledTimes(2);
  });

  it('show the change of a transformer of another directory', async () => {
    const cache = new BuildCache();
    const names = async (snapshot: Snapshot) =>
      (await cache.get(snapshot, PATH)).manifests?.objects.map(
        ({ metadata }) => metadata.name,
      );
    const first = await withCommit(
      {
        [`${PATH}/kustomization.yaml`]:
          'resources: [x.yaml]\ntransformers: [../../../shared]\n',
        [`${PATH}/x.yaml`]: CONFIG_MAP,
        'shared/kustomization.yaml': 'resources: [transformer.yaml]\n',
        'shared/transformer.yaml': prefixTransformer('a-'),
      },
      names,
    );
    const second = await withCommit(
      { 'shared/transformer.yaml': prefixTransformer('b-') },
      names,
    );
    expect([first, second]).toEqual([['a-settings'], ['b-settings']]);
  });

  it('are tried again after a timeout, which says what took too long', async () => {
    const programs = await mkdtemp(join(tmpdir(), 'sandbox-test-'));
    await writeFile(join(programs, 'kubectl'), '#!/bin/sh\nexec sleep 3600\n', {
      mode: 0o755,
    });
    const path = process.env.PATH;
    const build = jest.fn((snapshot: Snapshot) =>
      buildManifests(snapshot, PATH, {
        timeoutMs: process.env.PATH === path ? undefined : 1,
      }),
    );
    const cache = new BuildCache(build);
    await withCommit(
      {
        [`${PATH}/kustomization.yaml`]: 'resources: [x.yaml]\n',
        [`${PATH}/x.yaml`]: CONFIG_MAP,
      },
      async snapshot => {
        process.env.PATH = `${programs}:${path}`;
        const first = await cache.get(snapshot, PATH);
        process.env.PATH = path;
        expect(first).toMatchObject({
          isInterrupted: true,
          error: `\`kustomize build <path to cached source>/${PATH}\` failed timeout after 1ms`,
        });
        expect(await cache.get(snapshot, PATH)).toMatchObject({
          manifests: { objects: [{ metadata: { name: 'settings' } }] },
        });
        await cache.get(snapshot, PATH);
      },
    );
    expect(build).toHaveBeenCalledTimes(2);
    await rm(programs, { recursive: true });
  });

  it('fail where aliases multiply, and where they need much memory', async () => {
    const errorOf = async (files: Record<string, string>) =>
      (
        await withCommit(files, snapshot =>
          new BuildCache().get(snapshot, PATH),
        )
      ).error;
    const lists = [...'bcdefghi'].map(
      (key, level) =>
        `  ${key}: &${key} [${Array(10).fill(`*${'abcdefgh'[level]}`)}]\n`,
    );
    expect(
      await errorOf({
        [`${PATH}/kustomization.yaml`]: 'resources: [x.yaml]\n',
        [`${PATH}/x.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  a: &a [x]\n${lists.join(
          '',
        )}`,
      }),
    ).toMatch(`${PATH}/x.yaml: With its aliases replaced, this is larger than`);
    const double =
      '  - {source: {kind: ConfigMap, fieldPath: data.a}, targets: [{select: {kind: ConfigMap}, fieldPaths: [data.a], options: {delimiter: "-", index: -1}}]}\n';
    const memory = await errorOf({
      [`${PATH}/kustomization.yaml`]: `resources: [x.yaml]\nreplacements:\n${double.repeat(
        60,
      )}`,
      [`${PATH}/x.yaml`]:
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: x}\n',
    });
    // Other systems have no such limit, and end with the timeout.
    expect(memory).toMatch(
      process.platform === 'linux' ? /out of memory/ : /failed/,
    );
  });

  it('fail for Helm charts, which need a network', async () => {
    const build = await withCommit(
      {
        [`${PATH}/kustomization.yaml`]:
          'helmCharts: [{name: x, repo: "https://charts.example.com", version: 1.0.0}]\n',
      },
      snapshot => new BuildCache().get(snapshot, PATH),
    );
    expect(build.error).toMatch(
      /failed exit status 1: Error: trouble configuring builtin HelmChartInflationGenerator [^]*: must specify --enable-helm$/,
    );
  });

  it('take the files that Argo CD takes', async () => {
    const named = (name: string) => CONFIG_MAP.replace('settings', name);
    const build = await withCommit(
      {
        [`${PATH}/b.yml`]: named('second'),
        [`${PATH}/a.json`]:
          '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"first"}}',
        [`${PATH}/left-out.yaml`]: `# +argocd:skip-file-rendering\n${named(
          'x',
        )}`,
        [`${PATH}/notes.txt`]: named('x'),
        [`${PATH}/below/c.yaml`]: named('x'),
      },
      snapshot => new BuildCache().get(snapshot, PATH),
    );
    expect(build.manifests?.sourceType).toBe('Directory');
    expect(
      build.manifests?.objects.map(({ metadata }) => metadata.name),
    ).toEqual(['first', 'second']);
  });

  it('take only what the Application includes, as files, whatever else is there', async () => {
    const build = await withCommit(
      {
        [`${PATH}/a.yaml`]: CONFIG_MAP,
        [`${PATH}/b.json`]:
          '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"hidden"}}',
        [`${PATH}/Kustomization`]: 'namePrefix: hidden-\nresources: [b.json]\n',
      },
      snapshot => new BuildCache().get(snapshot, PATH, { include: '*.yaml' }),
    );
    expect(build.manifests?.sourceType).toBe('Directory');
    expect(
      build.manifests?.objects.map(({ metadata }) => metadata.name),
    ).toEqual(['settings']);
  });

  it('fail for a directory that Argo CD would take for a Helm chart', async () => {
    const build = await withCommit(
      { [`${PATH}/a.yaml`]: CONFIG_MAP, [`${PATH}/MyChart.yaml`]: '' },
      snapshot => new BuildCache().get(snapshot, PATH),
    );
    expect(build.error).toContain('the sandbox builds no Helm charts');
  });
});

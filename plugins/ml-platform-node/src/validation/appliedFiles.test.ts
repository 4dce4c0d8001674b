import { readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import {
  createWorkloadTrees,
  type WorkloadTrees,
} from '../__testUtils__/createWorkloadTrees';

// Each environment starts a Kustomize process, which is slow on a busy machine.
jest.setTimeout(240_000);

const RUN = 'infra/gitops/workloads/app-ml-team/churn-training/runs/dev';
const ONLY = 'This directory can hold files named *.yaml only';
const SEPARATOR =
  'A line that starts with "---" or "..." separates documents, and not all programs read the rest of it. Write "---" on a line of its own.';

describe('validateChange: files that Argo CD applies', () => {
  let trees: WorkloadTrees;
  let runs: string;
  let job: string;

  beforeEach(async () => {
    trees = await createWorkloadTrees();
    runs = `${trees.directory}/runs/dev`;
    job = await readFile(
      path.resolve(
        __dirname,
        '../../../..',
        RUN,
        'churn-training-20261120-1.yaml',
      ),
      'utf8',
    );
  });

  afterEach(async () => {
    await trees.remove();
  });

  it('accepts plain *.yaml files in a directory of runs', async () => {
    await trees.write(`${runs}/one.yaml`, job);
    const named = (name: string) =>
      job.replace(/name: "churn-training-20261120-1"/, `name: ${name}`);
    await trees.write(
      `${runs}/two.yaml`,
      `${named('two')}---\n${named('three')}`,
    );
    const { failures, objects } = await trees.validate();
    expect(failures).toEqual({});
    expect(
      objects.filter(({ kind }) => kind === 'Job').map(({ name }) => name),
    ).toEqual(['churn-training-20261120-1', 'two', 'three']);
  });

  it('refuses all other files of a directory of runs by name', async () => {
    const names = [
      'a.json',
      'b.jsonnet',
      'c.yml',
      'd.YAML',
      'README.md',
      'kustomization.yaml',
      'kustomization.yml',
      'Kustomization',
      'Chart.yaml',
      'my-Chart.yaml',
      '.argocd-source.yaml',
      '.argocd-source-app-ml-team--feature-api--dev--runs.yaml',
      'deeper/run.yaml',
    ];
    for (const name of names) {
      await trees.write(`${runs}/${name}`, '{}');
    }
    await symlink('/etc/passwd', path.join(trees.root, runs, 'link.yaml'));
    const { failures } = await trees.validate();
    const chart =
      'The name ends with "Chart.yaml", for which Argo CD would build a Helm chart instead of the manifests. Rename or remove this file.';
    const override =
      'Argo CD would take settings of the Application from this file. Remove it.';
    const kustomization = `${ONLY}, which Argo CD applies one by one, without Kustomize. Remove this file.`;
    const unread = `${ONLY}. Nothing applies this file: rename it, or move it to another directory.`;
    expect(failures['applied-files'].sort()).toEqual(
      [
        `.argocd-source-app-ml-team--feature-api--dev--runs.yaml: ${override}`,
        `.argocd-source.yaml: ${override}`,
        `Chart.yaml: ${chart}`,
        `Kustomization: ${kustomization}`,
        `README.md: ${unread}`,
        `a.json: ${ONLY}. Write the object as YAML and rename the file to a.yaml.`,
        `b.jsonnet: ${ONLY}. Write the object as YAML and rename the file to b.yaml.`,
        `c.yml: ${ONLY}. Write the object as YAML and rename the file to c.yaml.`,
        `d.YAML: ${unread}`,
        'deeper/run.yaml: Argo CD does not read subdirectories here, so nothing applies this file. Move it up, beside the other *.yaml files.',
        `kustomization.yaml: ${kustomization}`,
        `kustomization.yml: ${kustomization}`,
        'link.yaml: This is a symbolic link, which could lead anywhere. Replace it with a file.',
        `my-Chart.yaml: ${chart}`,
      ].map(text => `${runs}/${text}`),
    );
  });

  it('refuses names in an overlay that make Argo CD read it in another way', async () => {
    await trees.write(`${trees.overlay}/zChart.yaml`, 'name: x\n');
    await trees.write(`${trees.overlay}/.argocd-source.yaml`, 'helm: {}\n');
    const { failures } = await trees.validate();
    expect(failures['applied-files']).toEqual([
      `${trees.overlay}/.argocd-source.yaml: Argo CD would take settings of the Application from this file. Remove it.`,
      `${trees.overlay}/zChart.yaml: The name ends with "Chart.yaml", for which Argo CD would build a Helm chart instead of the kustomization. Rename or remove this file.`,
    ]);
  });

  it('refuses a run that Argo CD would leave out', async () => {
    await trees.write(
      `${runs}/one.yaml`,
      `# +argocd:skip-file-rendering\n${job}`,
    );
    const { failures } = await trees.validate();
    expect(failures).toEqual({
      'applied-files': [
        `${runs}/one.yaml: Argo CD leaves out files that contain "+argocd:skip-file-rendering". Remove this text.`,
      ],
    });
  });

  it.each<[string, (run: string) => string, string, ...string[]]>([
    [
      'text after a separator, which Argo CD drops',
      run =>
        `--- {apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {a: "\n${run}\n# "}}\n`,
      `Line 1: ${SEPARATOR}`,
    ],
    [
      'a separator within a text',
      run => `a: "\n---x\n${run}"\n`,
      `Line 2: ${SEPARATOR}`,
    ],
    [
      'an end of document, after which Argo CD reads nothing',
      run => `${run}...\n${run}`,
      SEPARATOR,
    ],
    [
      'a line break that only go-yaml knows',
      run => run.replace(/^metadata:/m, '# x\u2028spec: {}\nmetadata:'),
      'The file contains the character U+2028, which not all programs read alike. Save it as UTF-8 text without control characters, with plain line breaks.',
      'hidden-text',
    ],
    [
      'a merge key, which go-yaml and we merge in different order',
      run =>
        run.replace(/^metadata:/m, 'x: &x {kind: Secret}\n<<: *x\nmetadata:'),
      'Merge keys ("<<") are not read. Write the fields out.',
    ],
    [
      'a tag',
      run => run.replace(/^kind: /m, 'kind: !!str '),
      'Tags are not read. Write the value without its tag.',
    ],
    [
      'a key twice',
      run => `${run}kind: Secret\n`,
      'This is not valid YAML: Map keys must be unique.',
    ],
  ])('refuses a run with %s', async (_, change, message, ...otherChecks) => {
    await trees.write(`${runs}/one.yaml`, change(job));
    const { failures } = await trees.validate();
    expect(Object.keys(failures)).toEqual(['kustomize-build', ...otherChecks]);
    const [text, ...others] = failures['kustomize-build'];
    expect(others).toEqual([]);
    expect(text.replace(/: Line \d+: /, ': ')).toBe(
      `${runs}/one.yaml: ${message.replace(/^Line \d+: /, '')}`,
    );
  });
});

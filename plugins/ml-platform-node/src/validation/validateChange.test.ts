import {
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { validateChange } from './validateChange';

const repositoryRoot = path.resolve(__dirname, '../../../..');
const workloads = 'infra/gitops/workloads';
const teamRoots = 'infra/terraform/compositions/teams';
const environments = [
  { name: 'dev', cluster: 'sandbox', namespaceSuffix: '-dev' },
  { name: 'prod', cluster: 'sandbox', namespaceSuffix: '' },
];

/** The example workload `feature-api` as it is in `infra/`, before and after a change. */
describe('validateChange', () => {
  const directory = `${workloads}/app-ml-team/feature-api`;
  const overlay = `${directory}/overlays/dev`;
  let root: string;
  let before: string;

  beforeEach(async () => {
    before = await mkdtemp(path.join(tmpdir(), 'validate-before-'));
    root = await mkdtemp(path.join(tmpdir(), 'validate-after-'));
    for (const target of [before, root]) {
      await cp(
        path.join(repositoryRoot, 'infra/gitops/components'),
        path.join(target, 'infra/gitops/components'),
        { recursive: true },
      );
    }
    await copyWorkload(root, 'app-ml-team', 'feature-api');
  });

  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
    await rm(before, { recursive: true, force: true });
  });

  async function copyWorkload(target: string, team: string, workload: string) {
    const source = `${workloads}/${team}/${workload}`;
    await cp(path.join(repositoryRoot, source), path.join(target, source), {
      recursive: true,
      // Environments that these tests do not configure.
      filter: file => !/overlays\/(staging|uat)/.test(file),
    });
    for (const { name } of environments) {
      const file = `${teamRoots}/${team}/${name}/${workload}.tf`;
      await cp(path.join(repositoryRoot, file), path.join(target, file)).catch(
        () => undefined,
      );
    }
  }

  async function write(file: string, content: string) {
    await mkdir(path.join(root, path.dirname(file)), { recursive: true });
    await writeFile(path.join(root, file), content);
  }

  async function edit(file: string, from: string | RegExp, to: string) {
    const content = await readFile(path.join(root, file), 'utf8');
    const edited = content.replace(from, to);
    expect(edited).not.toBe(content);
    await write(file, edited);
  }

  async function validate(changedPaths: string[] = [`${overlay}/image.yaml`]) {
    const result = await validateChange({
      root,
      before,
      team: 'app-ml-team',
      workload: 'feature-api',
      rootDirectory: 'infra',
      environments,
      changedPaths,
    });
    return {
      ...result,
      /** Messages of the checks that failed, by check. */
      failures: Object.fromEntries(
        result.checks
          .filter(check => check.status === 'failed')
          .map(check => [
            check.id,
            check.messages.map(({ path: file, text }) => `${file}: ${text}`),
          ]),
      ),
    };
  }

  it('passes a new workload, and shows what it adds to each environment', async () => {
    const { checks, objects } = await validate([
      `${directory}/base/deployment.yaml`,
      `${teamRoots}/app-ml-team/dev/feature-api.tf`,
    ]);
    expect(
      checks.map(({ id, status, messages }) => [id, status, messages]),
    ).toEqual([
      ['paths', 'passed', []],
      ['references', 'passed', []],
      ['kustomize-build', 'passed', []],
      ['schemas', 'passed', []],
      ['namespaces', 'passed', []],
      ['security', 'passed', []],
      ['terraform', 'passed', []],
      ['answers', 'passed', []],
    ]);
    const added = objects.map(
      ({ environment, kind, namespace, change }) =>
        `${change} ${environment} ${namespace} ${kind}`,
    );
    expect(added).toContain('added dev app-ml-team-dev Deployment');
    expect(added).toContain('added dev app-ml-team-dev ConfigMap');
    expect(added).toContain('added prod app-ml-team ServiceMonitor');
    expect(added).toHaveLength(13);
    expect(objects[0].yaml).toContain('namespace: app-ml-team-dev\n');
  });

  it('passes the other example workloads', async () => {
    for (const workload of [
      'churn-training',
      'feature-refresh',
      'ml-backend',
    ]) {
      await copyWorkload(root, 'app-ml-team', workload);
      const { checks } = await validateChange({
        root,
        before,
        team: 'app-ml-team',
        workload,
        rootDirectory: 'infra',
        environments,
        changedPaths: [],
      });
      expect(checks.filter(check => check.status === 'failed')).toEqual([]);
    }
  });

  it('shows only the objects that a change of an existing workload touches', async () => {
    await copyWorkload(before, 'app-ml-team', 'feature-api');
    await edit(`${overlay}/replicas.yaml`, 'replicas: 1', 'replicas: 2');
    await edit(
      `${directory}/base/kustomization.yaml`,
      /.*poddisruption.*\n/,
      '',
    );
    const { objects, failures } = await validate();
    expect(failures).toEqual({});
    expect(
      objects.map(({ environment, kind, change }) => [
        environment,
        kind,
        change,
      ]),
    ).toEqual([
      ['dev', 'Deployment', 'modified'],
      ['dev', 'PodDisruptionBudget', 'deleted'],
      ['prod', 'PodDisruptionBudget', 'deleted'],
    ]);
  });

  it('refuses paths of others, of Git, odd names, links and names that differ in case', async () => {
    await write(`${directory}/base/Service.yaml`, '');
    await symlink('/etc', path.join(root, directory, 'link'));
    const { failures, checks } = await validate([
      `${workloads}/app-data-team/data-api/base/service.yaml`,
      `${workloads}/app-ml-team/feature-api-2/x.yaml`,
      'infra/gitops/tenants/app-ml-team/base/kustomization.yaml',
      `${teamRoots}/app-ml-team/dev/versions.tf`,
      `${teamRoots}/app-ml-team/uat/feature-api.tf`,
      '.github/workflows/x.yaml',
      `${directory}/.GitHub/x`,
      `${directory}/a b.yaml`,
      `${directory}/../x`,
      `${directory}/${'x'.repeat(255)}`,
      `${directory}/link/passwd`,
      `${directory}/fine.yaml`,
    ]);
    expect(
      failures.paths.map(text => text.replace(/^.*?: /, '').slice(0, 40)),
    ).toEqual([
      ...Array(6).fill('A request for app-ml-team/feature-api ca'),
      'Names that start with ".git" are not all',
      'Use letters, digits, ".", "_" and "-" in',
      'Use letters, digits, ".", "_" and "-" in',
      expect.stringMatching(/^This path has \d+ characters; the limit/),
      `${directory}/link is a symbolic link`.slice(0, 40),
      `The name differs from ${directory}/base/`.slice(0, 40),
    ]);
    expect(checks.map(({ id }) => id)).not.toContain('kustomize-build');
  });

  it.each([
    [
      'resources',
      'https://example.com/x.yaml',
      'Remote resources are not loaded',
    ],
    ['resources', 'github.com/acme/x', 'Remote resources are not loaded'],
    ['resources', '../../../../acme/x.git?ref=main', 'Remote resources'],
    ['resources', '/etc', 'Remote resources are not loaded'],
    ['resources', '../../../../../../../../etc', 'Remote resources'],
    [
      'resources',
      '../../../../app-data-team/data-api/base',
      'is out of bounds',
    ],
    [
      'components',
      '../../../../../tenants/x',
      'Remote resources are not loaded',
    ],
    ['resources', '../../linked', 'Remote resources are not loaded'],
    [
      'patches',
      '[{path: https://example.com/x.yaml}]',
      'is not a file of this',
    ],
    ['patches', '[{path: ../../../x.yaml}]', 'is not a file of this directory'],
    [
      'configMapGenerator',
      '[{name: x, files: [a=/etc/passwd]}]',
      'is not a file',
    ],
    ['generators', '[x.yaml]', 'plug-ins can run programs'],
    ['helmCharts', '[{name: x}]', 'Helm charts are not rendered here'],
    ['secretGenerator', '[{name: x}]', 'a secret does not belong in Git'],
    ['openapi', '{path: https://example.com/x}', 'this field is not used here'],
  ])('refuses a kustomization with %s: %s', async (field, value, words) => {
    await copyWorkload(root, 'app-data-team', 'data-api');
    await symlink('/etc', path.join(root, directory, 'linked'));
    const list = value.startsWith('[') || value.startsWith('{');
    await write(
      `${overlay}/kustomization.yaml`,
      `${field}: ${list ? value : `['${value}']`}\n`,
    );
    const { failures } = await validate();
    expect(failures.references).toEqual([
      expect.stringContaining(`${overlay}/kustomization.yaml: ${field}: `),
    ]);
    expect(failures.references[0]).toContain(words);
  });

  it('gives the words of Kustomize, without the paths of the server', async () => {
    await edit(`${overlay}/image.yaml`, 'name: "feature-api"', 'name: other');
    const { failures } = await validate();
    expect(failures['kustomize-build']).toEqual([
      expect.stringMatching(/^infra\/gitops\S+overlays\/dev: .*no matches/),
    ]);
    expect(JSON.stringify(failures)).not.toContain(tmpdir());

    await write(`${overlay}/replicas.yaml`, 'a: [\n');
    await write(
      `${directory}/overlays/qa/kustomization.yaml`,
      'resources: []\n',
    );
    await write(`${directory}/runs/dev/run.yaml`, 'just text\n');
    const messages = (await validate()).failures['kustomize-build'].join('\n');
    expect(messages).toContain('"qa" is not an environment');
    expect(messages).toContain('runs/dev/run.yaml: Document 1 is not a');
    expect(messages).not.toContain(tmpdir());
  });

  it('refuses kinds, fields and values that the cluster would refuse', async () => {
    await edit(
      `${directory}/base/deployment.yaml`,
      'securityContext:\n        runAsNonRoot',
      'securtyContext:\n        runAsNonRoot',
    );
    await edit(`${overlay}/replicas.yaml`, 'replicas: 1', 'replicas: many');
    await edit(
      `${directory}/base/servicemonitor.yaml`,
      'interval: 30s',
      'interval: soon',
    );
    await write(
      `${directory}/base/service.yaml`,
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n',
    );
    const { failures } = await validate();
    expect(failures.schemas).toEqual(
      expect.arrayContaining([
        `${directory}: Deployment feature-api: spec.template.spec.securtyContext is not a field of this kind. Check its spelling and place. (dev, prod)`,
        `${overlay}: Deployment feature-api: spec.replicas must be integer. (dev)`,
        expect.stringContaining(
          'Secret s: teams cannot deploy this kind. Allowed are ConfigMap, CronJob, Deployment,',
        ),
        `${directory}: ServiceMonitor feature-api: spec.endpoints[0].interval: write a duration, for example 30s. (dev, prod)`,
      ]),
    );
  });

  it("refuses another team's namespace", async () => {
    await edit(
      `${overlay}/kustomization.yaml`,
      'app-ml-team-dev',
      'app-data-team-dev',
    );
    const { failures } = await validate();
    expect(failures.namespaces).toContain(
      `${overlay}: Service feature-api: its namespace is app-data-team-dev, and has to be app-ml-team-dev. Set \`namespace: app-ml-team-dev\` in the kustomization of the overlay. (dev)`,
    );
  });

  it('refuses pods and services that could harm others', async () => {
    await edit(`${overlay}/image.yaml`, /image: .*/, 'image: nginx:latest');
    await edit(
      `${directory}/base/service.yaml`,
      'spec:',
      'spec:\n  type: NodePort',
    );
    await write(
      `${directory}/base/deployment.yaml`,
      `apiVersion: apps/v1
kind: Deployment
metadata:
  name: feature-api
spec:
  selector: { matchLabels: { app: x } }
  template:
    metadata: { labels: { app: x } }
    spec:
      hostNetwork: true
      volumes: [{ name: node, hostPath: { path: / } }]
      containers:
        - name: server
          securityContext: { privileged: true, runAsUser: 0, capabilities: { add: [SYS_ADMIN] } }
          ports: [{ containerPort: 80, hostPort: 80 }]
`,
    );
    await write(
      `${overlay}/size.yaml`,
      await readFile(path.join(root, overlay, 'replicas.yaml'), 'utf8'),
    );
    const { failures } = await validate();
    const text = failures.security.join('\n');
    for (const words of [
      'hostNetwork shares',
      'volume "node" mounts a directory of the node',
      'The tag "latest" changes under a running service',
      'Remove `privileged`',
      'allowPrivilegeEscalation: false',
      'runAsNonRoot: true',
      'user 0 is root',
      'seccompProfile.type',
      'drop: [ALL]',
      'remove `securityContext.capabilities.add`',
      'remove `hostPort`',
      'set `resources.requests.cpu`. (dev)',
      'set `resources.limits.memory`. (dev)',
      'Service feature-api: type NodePort leaves the cluster',
    ]) {
      expect(text).toContain(words);
    }
  });

  it.each([
    [
      'team             = "app-ml-team"',
      'team = "app-data-team"',
      'Write `team = "app-ml-team"`',
    ],
    [
      '"../../../../platform/workload"',
      '"git::https://example.com/x"',
      'Write `source =',
    ],
    ['true', 'file("/etc/passwd") != ""', 'has to be a literal value'],
    ['true', '"${path.module}"', 'has to be a literal value'],
    ['true', '{ a = { b = var.x } }', 'has to be a literal value'],
    ['true', 'true\n  for_each = { a = 1 }', 'Remove `for_each`'],
    [
      'true',
      'true\n  provisioner "local-exec" {\n    command = "x"\n  }',
      '`provisioner` has to be a literal value',
    ],
    [
      'module "feature-api"',
      'module "other"',
      'Write exactly one block `module "feature-api"`',
    ],
    [
      /$/,
      'resource "null_resource" "x" {\n}\n',
      'Write one `module` block and its outputs',
    ],
    [
      /$/,
      'module "second" {\n  source = "../x"\n}\n',
      'Write exactly one block',
    ],
    [
      /$/,
      'module "__proto__" {\n  source = "../x"\n}\n',
      'cannot contain "__proto__"',
    ],
    ['module.feature-api', 'data.x', 'has to be module.feature-api'],
    ['output "feature-api"', 'output "ml-backend"', 'Name output "ml-backend"'],
    [
      'module "feature-api" {',
      'module "feature-api" {{',
      'Line 2 is not Terraform',
    ],
  ])('refuses a Terraform file with %s as %s', async (from, to, words) => {
    const file = `${teamRoots}/app-ml-team/dev/feature-api.tf`;
    await edit(file, from, to);
    const { failures } = await validate([file]);
    expect(failures.terraform?.join('\n')).toContain(`${file}: `);
    expect(failures.terraform?.join('\n')).toContain(words);
  });

  it('reads the answers file, where there is one', async () => {
    const file = `${directory}/ml-platform.yaml`;
    await edit(file, 'team: "app-ml-team"', 'team: app-data-team');
    expect((await validate()).failures.answers).toEqual([
      `${file}: values.team has to be app-ml-team. Change values through the portal instead of here.`,
    ]);
    await write(file, 'values: {}\n');
    expect((await validate()).failures.answers[0]).toContain('template: ');
    await rm(path.join(root, file));
    const { checks } = await validate();
    expect(checks.at(-1)).toMatchObject({ id: 'answers', status: 'skipped' });
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('the task was cancelled'));
    await expect(
      validateChange(
        {
          root,
          before,
          team: 'app-ml-team',
          workload: 'feature-api',
          rootDirectory: 'infra',
          environments,
          changedPaths: [],
        },
        { signal },
      ),
    ).rejects.toThrow('the task was cancelled');
  });
});

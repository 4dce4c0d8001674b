import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  createWorkloadTrees,
  type WorkloadTrees,
} from '../__testUtils__/createWorkloadTrees';

describe('validateChange: objects', () => {
  let trees: WorkloadTrees;

  beforeEach(async () => {
    trees = await createWorkloadTrees();
  });

  afterEach(async () => {
    await trees.remove();
  });

  it('refuses kinds, fields and values that the cluster would reject', async () => {
    await trees.edit(
      `${trees.directory}/base/deployment.yaml`,
      'securityContext:\n        runAsNonRoot',
      'securtyContext:\n        runAsNonRoot',
    );
    await trees.edit(
      `${trees.overlay}/replicas.yaml`,
      'replicas: 1',
      'replicas: many',
    );
    await trees.edit(
      `${trees.directory}/base/servicemonitor.yaml`,
      'interval: 30s',
      'interval: soon',
    );
    await trees.write(
      `${trees.directory}/base/service.yaml`,
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n',
    );
    const { failures } = await trees.validate();
    expect(failures.schemas).toEqual(
      expect.arrayContaining([
        `${trees.directory}: Deployment feature-api: spec.template.spec.securtyContext is not a field of this kind. Check its spelling and position. (dev, prod)`,
        `${trees.overlay}: Deployment feature-api: spec.replicas is "many", but must be a whole number, without quotes.`,
        expect.stringContaining(
          'Secret s: teams cannot deploy this kind. Allowed kinds are AnalysisTemplate, ConfigMap, CronJob, Deployment,',
        ),
        `${trees.directory}: ServiceMonitor feature-api: spec.endpoints[0].interval: must be a duration, for example 30s. (dev, prod)`,
      ]),
    );
  });

  it('refuses what the API server does not let change', async () => {
    await trees.copyWorkload(trees.before, 'app-ml-team', 'feature-api');
    await trees.edit(
      `${trees.directory}/base/kustomization.yaml`,
      'includeTemplates: true',
      'includeSelectors: true',
    );
    const { failures } = await trees.validate();
    expect(failures.schemas).toEqual([
      `${trees.directory}: Deployment feature-api: spec.selector cannot change. Keep its labels (commonLabels and labels with includeSelectors change it, too), or give the object another name. (dev, prod)`,
    ]);
    // Argo CD is told to delete the Deployment and to create it again.
    await trees.edit(
      `${trees.directory}/base/deployment.yaml`,
      'metadata:\n',
      'metadata:\n  annotations: { argocd.argoproj.io/sync-options: "Replace=true,Force=true" }\n',
    );
    expect((await trees.validate()).failures).toEqual({});
  });

  it("refuses another team's namespace", async () => {
    await trees.edit(
      `${trees.overlay}/kustomization.yaml`,
      'app-ml-team-dev',
      'app-data-team-dev',
    );
    const { failures } = await trees.validate();
    expect(failures.namespaces).toContain(
      `${trees.overlay}: Service feature-api: its namespace is app-data-team-dev, but must be app-ml-team-dev. Set \`namespace: app-ml-team-dev\` in the kustomization of the overlay.`,
    );
  });

  it('refuses pods and services that could harm others', async () => {
    await trees.edit(
      `${trees.overlay}/image.yaml`,
      /image: .*/,
      'image: nginx:latest',
    );
    await trees.edit(
      `${trees.directory}/base/service.yaml`,
      'spec:',
      'spec:\n  type: NodePort',
    );
    await trees.write(
      `${trees.directory}/base/deployment.yaml`,
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
    await trees.write(
      `${trees.overlay}/size.yaml`,
      await readFile(
        path.join(trees.root, trees.overlay, 'replicas.yaml'),
        'utf8',
      ),
    );
    const { failures } = await trees.validate();
    const text = failures.policies.join('\n');
    for (const words of [
      'Deployment feature-api: hostNetwork shares',
      'volume node: this kind of volume reaches outside',
      'container server (nginx:latest): the tag of the image moves',
      'Remove securityContext.privileged',
      'allowPrivilegeEscalation: false',
      'runAsNonRoot: true',
      'user 0 is root',
      'seccompProfile.type',
      'drop: [ALL]',
      'remove securityContext.capabilities.add',
      'remove hostPort',
      'set resources.requests.cpu and resources.requests.memory to what it normally takes.',
      'set resources.limits.cpu and resources.limits.memory to the most that it may take.',
      'Service feature-api: A Service of type NodePort',
    ]) {
      expect(text).toContain(words);
    }
  });
});

import {
  findingsSchema,
  previewSchema,
  changeRequestsSchema,
  workloadSummarySchema,
  type WorkloadSummary,
} from '@internal/plugin-ml-platform-common';
import type { TestDatabase } from '@internal/plugin-ml-platform-node/testing';
import { eventually } from './eventually';
import { ForgeClient } from './ForgeClient';
import type { PortalTarget } from './PortalTarget';
import { RunningPortal } from './RunningPortal';

const TEAM = 'app-ml-team';
const NAME = 'main-job';
const IMAGE = 'ghcr.io/acme/main-job:1.0.0';
const VALUES = {
  team: TEAM,
  name: NAME,
  description: 'Goes from the form to running.',
  image: IMAGE,
  port: 8080,
  size: 'small',
};
const TEMPLATE = 'template:default/ml-service';
const ENGINEER = 'ml-engineer';
const STRANGER = 'data-engineer';
const APPLICATION = `${TEAM}--${NAME}--dev`;
const SELECTOR = `ml-platform.io/team=${TEAM},ml-platform.io/workload=${NAME}`;
const NAMESPACE = `${TEAM}-dev`;

/** From the form to a running service, through the routes that the pages call; the same on every platform. */
// eslint-disable-next-line jest/no-export -- No test file itself: each platform has one that calls this.
export function describeMainJob(options: {
  startTarget: () => Promise<PortalTarget>;
  database: TestDatabase;
  /** Why there can be no reports of Trivy; the test of them is then skipped. */
  withoutTrivy?: string;
}) {
  let portal: RunningPortal;
  let target: PortalTarget;
  let mergedAs: string;

  const get = (path: string, persona = ENGINEER) =>
    portal.ask(persona, 'get', path);

  async function workload(name: string): Promise<WorkloadSummary> {
    const { status, body } = await get(
      `/api/ml-platform/teams/${TEAM}/workloads/${name}`,
    );
    expect(status).toBe(200);
    return workloadSummarySchema.parse(body);
  }

  async function task(values: object) {
    const tasks = '/api/scaffolder/v2/tasks';
    const created = await portal.ask(ENGINEER, 'post', tasks, {
      templateRef: TEMPLATE,
      values,
    });
    expect(created.status).toBe(201);
    return eventually(async () => {
      const { body } = await get(`${tasks}/${created.body.id}/events`);
      const completion = body.find(
        ({ type }: { type: string }) => type === 'completion',
      );
      expect(completion).toBeDefined();
      return completion.body;
    });
  }

  async function podNames(persona: string): Promise<string[]> {
    const { status, body } = await portal.ask(
      persona,
      'post',
      '/api/kubernetes/resources/workloads/query',
      { entityRef: `component:default/${NAME}`, auth: {} },
    );
    expect(status).toBe(200);
    return body.items.flatMap(
      (cluster: {
        resources: Array<{
          type: string;
          resources: Array<{ metadata: { name: string; namespace: string } }>;
        }>;
      }) =>
        cluster.resources
          .filter(({ type }) => type === 'pods')
          .flatMap(({ resources }) => resources)
          .filter(({ metadata }) => metadata.namespace === NAMESPACE)
          .map(({ metadata }) => metadata.name),
    );
  }

  const logsOf = (pod: string) =>
    `/api/ml-platform/clusters/${target.cluster}/namespaces/${NAMESPACE}/pods/${pod}/logs`;

  beforeAll(async () => {
    target = await options.startTarget();
    portal = await RunningPortal.start(target, options.database);
    for (const entity of [
      'template/default/ml-service',
      'system/default/app-ml-team',
    ]) {
      await eventually(async () => {
        const { body } = await get(`/api/catalog/entities/by-name/${entity}`);
        // Without relations the owner is not known yet.
        expect(body.relations?.length).toBeGreaterThan(0);
      });
    }
  });
  afterAll(() => portal?.stop());

  it('previews a request, opens its pull request, and merges it', async () => {
    const { status, body } = await portal.ask(
      ENGINEER,
      'post',
      '/api/ml-platform/preview',
      { templateRef: TEMPLATE, values: VALUES },
    );
    expect(status).toBe(200);
    const { report, pullRequest } = previewSchema.parse(body);
    expect(report.checks.filter(each => each.status === 'failed')).toEqual([]);

    const { output, error } = await task({
      ...VALUES,
      previewDigest: report.digest,
    });
    expect(error).toBeUndefined();
    const { url } = output.pullRequest;
    expect(url).toMatch(`${target.forge.url}/acme/platform/pulls/`);

    const forge = ForgeClient.create(target.forge);
    const number = Number(url.split('/').at(-1));
    const pull = await forge.mergeable(number);
    expect(pull).toMatchObject({
      title: pullRequest.title,
      state: 'open',
      user: { login: 'portal-bot' },
    });
    expect(pull.labels.map(label => label.name)).toContain('ml-platform');

    const again = await task(VALUES);
    expect(again.output.pullRequest.url).toBe(url);

    mergedAs = await forge.merge(number, pull.head.sha);
  });

  it('shows it Healthy in every environment', async () => {
    const { environments, freshness } = await eventually(
      async () => {
        const summary = await workload(NAME);
        expect(
          summary.environments.map(({ application, pods, health }) => [
            application?.sync,
            application?.health,
            pods.total > 0 && pods.ready === pods.total,
            health,
          ]),
        ).toEqual(
          Array(4).fill([
            'Synced',
            'Healthy',
            true,
            { state: 'healthy', reasons: [] },
          ]),
        );
        return summary;
      },
      // On a new platform Argo CD first brings up everything else: sixty Applications.
      { seconds: 300 },
    );
    expect(freshness.problems).toEqual([]);
    expect(environments[0]).toMatchObject({
      environment: 'dev',
      cluster: target.cluster,
      namespace: NAMESPACE,
      image: IMAGE,
      application: { name: APPLICATION, revision: mergedAs, conditions: [] },
      pods: { reasons: [] },
    });
  }, 360_000);

  it('follows the request until it is healthy everywhere', async () => {
    const path = `/api/ml-platform/change-requests?search=${NAME}`;
    const { items, freshness } = await eventually(
      async () => {
        const page = changeRequestsSchema.parse((await get(path)).body);
        expect(page.items.map(({ step }) => step)).toEqual(['done']);
        return page;
      },
      // The portal asks every half minute; only the sandbox that `npm start` runs tells it of changes.
      { seconds: 90 },
    );
    expect(freshness.problems).toEqual([]);
    const [{ steps, ...request }] = items;
    expect(request).toMatchObject({
      state: 'merged',
      teams: [TEAM],
      workloads: [{ team: TEAM, workload: NAME }],
      verified: true,
      origin: { template: TEMPLATE, requester: `user:default/${ENGINEER}` },
    });
    const timeOf = (id: string, environment?: string) =>
      steps.find(
        step =>
          step.id === id &&
          step.state === 'passed' &&
          step.environment === environment,
      )?.at;
    for (const environment of ['dev', 'staging', 'uat', 'prod']) {
      const times = [
        timeOf('opened'),
        timeOf('merged'),
        timeOf('applied', environment),
        timeOf('healthy', environment),
      ];
      expect(times).not.toContain(undefined);
      expect(times).toEqual([...times].sort());
    }
    const hidden = await get(path, STRANGER);
    expect(changeRequestsSchema.parse(hidden.body)).toMatchObject({
      items: [],
      total: 0,
    });
  }, 120_000);

  it('takes the word of the forge for its signature only', async () => {
    const { status, body } = await portal.ask(
      undefined,
      'post',
      '/api/ml-platform/webhooks/forge',
      { number: 1 },
    );
    expect({ status, message: body.error.message }).toEqual({
      status: 403,
      message: 'Refused.',
    });
  });

  it('answers the Argo CD cards, and names who committed what is deployed', async () => {
    const selector = encodeURIComponent(SELECTOR);
    const { body: instances } = await get(
      `/api/argocd/find/selector/${selector}`,
    );
    expect(instances).toHaveLength(1);
    expect(instances[0].appName).toContain(APPLICATION);

    const applications = '/api/argocd/argoInstance/argocd/applications';
    const { body: list } = await get(`${applications}/selector/${selector}`);
    expect(list.items).toHaveLength(4);
    const { body: application } = await get(
      `${applications}/name/${APPLICATION}`,
    );
    expect(application).toMatchObject({
      spec: { project: TEAM },
      status: {
        sync: { status: 'Synced' },
        health: { status: 'Healthy' },
        history: [{ revision: mergedAs, deployedAt: expect.any(String) }],
      },
    });
    const { body: commit } = await get(
      `${applications}/name/${APPLICATION}/revisions/${mergedAs}/metadata`,
    );
    expect(commit).toMatchObject({
      author: expect.stringContaining('@'),
      message: expect.stringContaining(NAME),
    });
  });

  it('shows the pods and their logs', async () => {
    const names = await eventually(async () => {
      const found = await podNames(ENGINEER);
      expect(found.length).toBeGreaterThan(0);
      return found;
    });
    const { status, body } = await get(logsOf(names[0]));
    expect(status).toBe(200);
    expect(body.text).not.toBe('');
  });

  it('has it in the catalog', async () => {
    await eventually(async () => {
      const { status, body } = await get(
        `/api/catalog/entities/by-name/component/default/${NAME}`,
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({
        metadata: {
          description: VALUES.description,
          annotations: { 'argocd/app-selector': SELECTOR },
        },
        spec: { type: 'service', owner: `group:default/${TEAM}` },
      });
    });
  });

  it('shows a training run', async () => {
    await eventually(async () => {
      const { jobs } = await workload('churn-training');
      expect(jobs).toContainEqual(
        expect.objectContaining({
          kind: 'Job',
          run: 'churn-training-20261120-1',
          environment: 'dev',
          cluster: target.cluster,
          state: expect.stringMatching(/^(Running|Succeeded)$/),
          failures: 0,
          pod: expect.stringContaining('churn-training'),
        }),
      );
    });
  });

  const { withoutTrivy } = options;
  (withoutTrivy ? it.skip : it)(
    `shows what Trivy found${withoutTrivy ? ` (${withoutTrivy})` : ''}`,
    async () => {
      const image = 'ghcr.io/mlflow/mlflow:v2.20.3';
      await target.scan({
        namespace: NAMESPACE,
        workload: 'ml-backend',
        container: 'server',
        image,
      });
      await eventually(async () => {
        const path = `/api/ml-platform/teams/${TEAM}/workloads/ml-backend/findings`;
        const { status, body } = await get(path);
        expect(status).toBe(200);
        const { images, items, freshness } = findingsSchema.parse(body);
        expect(freshness.problems).toEqual([]);
        expect(images).toEqual([
          expect.objectContaining({ image, report: 'present' }),
        ]);
        expect(items).toContainEqual(
          expect.objectContaining({ image, severity: 'HIGH' }),
        );
        expect((await get(path, STRANGER)).status).toBe(404);
      });
    },
  );

  it('shows nothing of it to another team', async () => {
    const [pod] = await podNames(ENGINEER);
    const paths = [
      `/api/ml-platform/teams/${TEAM}/workloads/${NAME}`,
      `/api/ml-platform/teams/${TEAM}/workloads/${NAME}/findings`,
      `/api/argocd/argoInstance/argocd/applications/name/${APPLICATION}`,
      `/api/argocd/argoInstance/argocd/applications/name/${APPLICATION}/revisions/${mergedAs}/metadata`,
      logsOf(pod),
    ];
    const statuses = [];
    for (const path of paths) {
      expect((await get(path)).status).toBe(200);
      statuses.push((await get(path, STRANGER)).status);
    }
    expect(statuses).toEqual(Array(paths.length).fill(404));
    const found = await get(`/api/argocd/find/name/${APPLICATION}`, STRANGER);
    expect(found.body).toEqual([]);
    expect(await podNames(STRANGER)).toEqual([]);
  });
}

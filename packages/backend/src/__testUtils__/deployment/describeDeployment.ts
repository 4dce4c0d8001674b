import {
  previewSchema,
  changeRequestsSchema,
} from '@internal/plugin-ml-platform-common';
import { eventually } from '@internal/plugin-ml-platform-node/testing';
import { inCatalog } from '../inCatalog';
import type { RunningPortal } from '../RunningPortal';
import {
  DeploymentClient,
  ENGINEER,
  NAMESPACE,
  STRANGER,
  TEAM,
  TEMPLATE,
} from './DeploymentClient';
import { ForgeClient } from './ForgeClient';

const NAME = 'deployment-test';
const IMAGE = 'ghcr.io/acme/deployment-test:1.0.0';
const VALUES = {
  team: TEAM,
  name: NAME,
  description: 'Goes from the form to running.',
  image: IMAGE,
  allEnvironments: true,
  port: 8080,
  size: 'small',
};
const APPLICATION = `${TEAM}--${NAME}--dev`;
const SELECTOR = `ml-platform.io/team=${TEAM},ml-platform.io/workload=${NAME}`;

/** Tests of the way from the form to a running service, through the routes that the pages call, on any target. */
// eslint-disable-next-line jest/no-export -- Not a test file: each target has one that calls it.
export function describeDeployment(portal: () => RunningPortal) {
  const client = new DeploymentClient(portal);
  let mergeCommit: string;

  beforeAll(() =>
    inCatalog(portal(), [
      'template/default/ml-service',
      'system/default/app-ml-team',
    ]),
  );

  it('previews a change request, opens its pull request and merges it', async () => {
    const { status, body } = await portal().send(
      ENGINEER,
      'post',
      '/api/ml-platform/preview',
      { templateRef: TEMPLATE, values: VALUES },
    );
    expect(status).toBe(200);
    const { report, pullRequest } = previewSchema.parse(body);
    expect(report.checks.filter(each => each.status === 'failed')).toEqual([]);

    const { output, error } = await client.runTask({
      ...VALUES,
      previewDigest: report.digest,
    });
    expect(error).toBeUndefined();
    const { url } = output.pullRequest;
    expect(url).toMatch(`${portal().target.forge.url}/acme/platform/pulls/`);

    const forge = new ForgeClient(portal().target.forge);
    const number = Number(url.split('/').at(-1));
    const pull = await forge.mergeable(number);
    expect(pull).toMatchObject({
      title: pullRequest.title,
      state: 'open',
      user: { login: 'portal-bot' },
    });
    expect(pull.labels.map(label => label.name)).toContain('ml-platform');

    const again = await client.runTask(VALUES);
    expect(again.output.pullRequest.url).toBe(url);

    mergeCommit = await forge.merge(number, pull.head.sha);
  });

  it('shows the service healthy in every environment', async () => {
    const { environments, freshness } = await eventually(
      async () => {
        const summary = await client.workload(NAME);
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
      // A new platform first syncs its other sixty Applications.
      { seconds: 500 },
    );
    expect(freshness.problems).toEqual([]);
    expect(environments[0]).toMatchObject({
      environment: 'dev',
      cluster: portal().target.cluster,
      namespace: NAMESPACE,
      image: IMAGE,
      application: { name: APPLICATION, revision: mergeCommit, conditions: [] },
      pods: { reasons: [] },
    });
  });

  it('tracks the change request until the service is healthy everywhere', async () => {
    const path = `/api/ml-platform/change-requests?search=${NAME}`;
    const { items, freshness } = await eventually(
      async () => {
        const page = changeRequestsSchema.parse((await client.get(path)).body);
        expect(page.items.map(({ step }) => step)).toEqual(['done']);
        return page;
      },
      // Without webhooks the portal polls every half minute.
      { seconds: 300 },
    );
    expect(freshness.problems).toEqual([]);
    const [{ steps, ...request }] = items;
    expect(request).toMatchObject({
      state: 'merged',
      teams: [TEAM],
      workloads: [{ team: TEAM, workload: NAME }],
      provenance: 'verified',
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
    const hidden = await client.get(path, STRANGER);
    expect(changeRequestsSchema.parse(hidden.body)).toMatchObject({
      items: [],
      total: 0,
    });
  });

  it('rejects webhooks without a signature', async () => {
    const { status, body } = await portal().send(
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

  it('serves the Argo CD cards, with the author of the deployed commit', async () => {
    const selector = encodeURIComponent(SELECTOR);
    const { body: instances } = await client.get(
      `/api/argocd/find/selector/${selector}`,
    );
    expect(instances).toHaveLength(1);
    expect(instances[0].appName).toContain(APPLICATION);

    const applications = '/api/argocd/argoInstance/argocd/applications';
    const { body: list } = await client.get(
      `${applications}/selector/${selector}`,
    );
    expect(list.items).toHaveLength(4);
    const { body: application } = await client.get(
      `${applications}/name/${APPLICATION}`,
    );
    expect(application).toMatchObject({
      spec: { project: TEAM },
      status: {
        sync: { status: 'Synced' },
        health: { status: 'Healthy' },
        history: [{ revision: mergeCommit, deployedAt: expect.any(String) }],
      },
    });
    const { body: commit } = await client.get(
      `${applications}/name/${APPLICATION}/revisions/${mergeCommit}/metadata`,
    );
    expect(commit).toMatchObject({
      author: expect.stringContaining('@'),
      message: expect.stringContaining(NAME),
    });
  });

  it('shows the pods and their logs', async () => {
    const names = await eventually(async () => {
      const found = await client.podNames(NAME, ENGINEER);
      expect(found.length).toBeGreaterThan(0);
      return found;
    });
    const { status, body } = await client.get(client.logPath(names[0]));
    expect(status).toBe(200);
    expect(body.text).not.toBe('');
  });

  it('adds the service to the catalog', async () => {
    await eventually(async () => {
      const { status, body } = await client.get(
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

  it('shows nothing of the service to another team', async () => {
    const [pod] = await client.podNames(NAME, ENGINEER);
    const paths = [
      `/api/ml-platform/teams/${TEAM}/workloads/${NAME}`,
      `/api/ml-platform/teams/${TEAM}/workloads/${NAME}/findings`,
      `/api/argocd/argoInstance/argocd/applications/name/${APPLICATION}`,
      `/api/argocd/argoInstance/argocd/applications/name/${APPLICATION}/revisions/${mergeCommit}/metadata`,
      client.logPath(pod),
    ];
    const statuses = [];
    for (const path of paths) {
      expect((await client.get(path)).status).toBe(200);
      statuses.push((await client.get(path, STRANGER)).status);
    }
    expect(statuses).toEqual(Array(paths.length).fill(404));
    const found = await client.get(
      `/api/argocd/find/name/${APPLICATION}`,
      STRANGER,
    );
    expect(found.body).toEqual([]);
    expect(await client.podNames(NAME, STRANGER)).toEqual([]);
  });
}

import { cp } from 'node:fs/promises';
import {
  createWorkloadTrees,
  type WorkloadTrees,
} from '../__testUtils__/createWorkloadTrees';

const TENANT = 'infra/gitops/tenants/app-ml-team/tenant.yaml';

describe('capacity', () => {
  let trees: WorkloadTrees;

  beforeEach(async () => {
    trees = await createWorkloadTrees();
    await trees.write(
      TENANT,
      `name: app-ml-team
title: ML team
description: Model services
environments: { dev: { tier: small }, prod: { tier: medium } }
queue: { cpu: 8, memory: 32Gi, gpus: 1 }
`,
    );
  });
  afterEach(() => trees.remove());

  const scale = (replicas: number) =>
    trees.edit(
      `${trees.overlay}/replicas.yaml`,
      /replicas: \d+/,
      `replicas: ${replicas}`,
    );

  /** Makes the base what the change is now. */
  const keep = () => cp(trees.root, trees.before, { recursive: true });

  it('refuses what the whole quota of the tier cannot hold', async () => {
    await scale(33);
    const { failures, checks } = await trees.validate();
    expect(failures).toEqual({
      capacity: [
        `${trees.overlay}: Needs 8.25 CPUs, and the whole quota of app-ml-team-dev is 8 CPUs. Request less, or ask the platform team for a larger tier.`,
      ],
    });
    expect(
      checks.find(({ id }) => id === 'capacity')?.messages[0].subject,
    ).toBe('size');
    await scale(32);
    expect((await trees.validate()).failures).toEqual({});
  });

  it('does not fail what is as much as before, nor less', async () => {
    await scale(40);
    await keep();
    await trees.edit(
      `${trees.overlay}/image.yaml`,
      /image: .*/,
      'image: docker.io/acme/x:2',
    );
    expect((await trees.validate()).failures).not.toHaveProperty('capacity');
    await scale(35);
    expect((await trees.validate()).failures).not.toHaveProperty('capacity');
    await scale(41);
    expect((await trees.validate()).failures).toHaveProperty('capacity');
  });

  it('counts the GPUs that all teams together could lend', async () => {
    const gpus = (count: number) =>
      trees.write(
        `${trees.overlay}/size.yaml`,
        `apiVersion: apps/v1
kind: Deployment
metadata:
  name: feature-api
  labels: { kueue.x-k8s.io/queue-name: app-ml-team }
spec:
  template:
    spec:
      containers:
        - name: server
          resources:
            requests: { cpu: 250m, memory: 512Mi, nvidia.com/gpu: '${count}' }
            limits: { cpu: 500m, memory: 512Mi, nvidia.com/gpu: '${count}' }
`,
      );
    await gpus(3);
    expect((await trees.validate()).failures.capacity).toEqual([
      `${trees.overlay}: Needs 3 GPUs, and the queue can never grant more than 1: the team's share is 1, and other teams could lend 0. Request fewer GPUs.`,
    ]);
    await trees.write(
      'infra/gitops/tenants/other/tenant.yaml',
      `name: other
title: Other
description: Lends two GPUs
environments: { dev: { tier: small } }
queue: { cpu: 8, memory: 32Gi, gpus: 2 }
`,
    );
    expect((await trees.validate()).failures).not.toHaveProperty('capacity');

    // A sum that lacks a team would be too little.
    await trees.write(
      'infra/gitops/tenants/other/tenant.yaml',
      'name: other\n',
    );
    const { checks } = await trees.validate();
    expect(checks.find(({ id }) => id === 'capacity')).toMatchObject({
      status: 'skipped',
      messages: [
        {
          text: 'Not checked: a plan of a team, or the tier of app-ml-team, cannot be read.',
        },
      ],
    });
  });
});

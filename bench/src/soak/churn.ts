import { setTimeout as delay } from 'node:timers/promises';
import { random } from '../fixture/random';
import type { RealCluster } from './RealCluster';

const NAMESPACES = ['soak-a', 'soak-a-dev', 'soak-b'];
const DEPLOYMENTS_PER_NAMESPACE = 4;
const MAX_REPLICAS = 12;
const PAUSE_MS = 50;

/** Changes all kinds of objects as fast as the cluster allows. kwok simulates the nodes. */
export async function churn(
  cluster: RealCluster,
  milliseconds: number,
): Promise<number> {
  const next = random(1);
  const below = (limit: number) => Math.floor(next() * limit);
  const until = performance.now() + milliseconds;
  await setUp(cluster);
  let steps = 0;
  while (performance.now() < until) {
    const namespace = NAMESPACES[below(NAMESPACES.length)];
    const deployment = `/apis/apps/v1/namespaces/${namespace}/deployments/service-${below(
      DEPLOYMENTS_PER_NAMESPACE,
    )}`;
    switch (below(8)) {
      case 0:
        await cluster.send('PATCH', `/api/v1/namespaces/${namespace}`, {
          metadata: {
            labels: { 'ml-platform.io/team': ['soak-a', 'soak-b'][below(2)] },
          },
        });
        break;
      case 1:
        await cluster.send('PATCH', deployment, {
          spec: {
            template: { metadata: { annotations: { round: String(steps) } } },
          },
        });
        break;
      case 2:
        await cluster.send(
          'POST',
          `/apis/batch/v1/namespaces/${namespace}/jobs`,
          job(steps),
        );
        break;
      case 3:
        await cluster.send(
          'DELETE',
          `/api/v1/namespaces/${namespace}/pods?labelSelector=app%3Dservice-0`,
        );
        break;
      case 4:
        await cluster.send(
          'POST',
          `/apis/aquasecurity.github.io/v1alpha1/namespaces/${namespace}/vulnerabilityreports`,
          report(below(20)),
        );
        break;
      case 5:
        await cluster.send(
          'DELETE',
          `/apis/aquasecurity.github.io/v1alpha1/namespaces/${namespace}/vulnerabilityreports/report-${below(
            20,
          )}`,
        );
        break;
      default:
        await cluster.send('PATCH', deployment, {
          spec: { replicas: below(MAX_REPLICAS) },
        });
    }
    steps += 1;
    await delay(PAUSE_MS);
  }
  return steps;
}

async function setUp(cluster: RealCluster): Promise<void> {
  for (const name of NAMESPACES) {
    await cluster.send('POST', '/api/v1/namespaces', {
      metadata: {
        name,
        labels: {
          'ml-platform.io/team': 'soak-a',
          'ml-platform.io/environment': 'dev',
        },
      },
    });
    for (let i = 0; i < DEPLOYMENTS_PER_NAMESPACE; i += 1) {
      await cluster.send(
        'POST',
        `/apis/apps/v1/namespaces/${name}/deployments`,
        deploymentOf(i),
      );
    }
  }
}

const template = (labels: Record<string, string>) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'server', image: 'ghcr.io/acme/soak:1.0.0' }] },
});

function deploymentOf(index: number) {
  const labels = { app: `service-${index}` };
  return {
    metadata: { name: `service-${index}` },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: template({
        ...labels,
        'backstage.io/kubernetes-id': `service-${index}`,
      }),
    },
  };
}

function job(step: number) {
  const { metadata, spec } = template({ app: 'job' });
  return {
    metadata: { name: `job-${step}` },
    spec: {
      ttlSecondsAfterFinished: 20,
      template: { metadata, spec: { ...spec, restartPolicy: 'Never' } },
    },
  };
}

function report(index: number) {
  return {
    apiVersion: 'aquasecurity.github.io/v1alpha1',
    kind: 'VulnerabilityReport',
    metadata: { name: `report-${index}` },
    report: {
      updateTimestamp: new Date().toISOString(),
      artifact: { repository: 'acme/soak', tag: '1.0.0' },
      registry: { server: 'ghcr.io' },
      os: { family: 'debian', name: '12' },
      scanner: { name: 'Trivy', vendor: 'Aqua', version: '0.70.0' },
      summary: {
        criticalCount: 0,
        highCount: 0,
        mediumCount: 0,
        lowCount: 0,
        unknownCount: 0,
      },
      vulnerabilities: [],
    },
  };
}

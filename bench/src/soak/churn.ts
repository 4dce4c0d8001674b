import { setTimeout as delay } from 'node:timers/promises';
import { random } from '../fixture/random';
import type { RealCluster } from './RealCluster';

const NAMESPACES = ['soak-a', 'soak-a-dev', 'soak-b'];
const DEPLOYMENTS_PER_NAMESPACE = 4;
const MAX_REPLICAS = 12;
/** Pause after each change. */
const PAUSE_MS = 50;

/**
 * Makes random changes: labels of namespaces, rollouts, scaling, Jobs, deleted pods and vulnerability reports. kwok simulates the
 * nodes.
 *
 * @returns the number of changes
 */
export async function churn(
  cluster: RealCluster,
  durationMs: number,
): Promise<number> {
  const nextRandom = random(1);
  /** A random integer from 0 to `limit` - 1. */
  const randomBelow = (limit: number) => Math.floor(nextRandom() * limit);
  const endsAt = performance.now() + durationMs;
  await setUp(cluster);
  let changes = 0;
  while (performance.now() < endsAt) {
    const namespace = NAMESPACES[randomBelow(NAMESPACES.length)];
    const deploymentPath = `/apis/apps/v1/namespaces/${namespace}/deployments/service-${randomBelow(
      DEPLOYMENTS_PER_NAMESPACE,
    )}`;
    switch (randomBelow(8)) {
      case 0:
        await cluster.send('PATCH', `/api/v1/namespaces/${namespace}`, {
          metadata: {
            labels: {
              'ml-platform.io/team': ['soak-a', 'soak-b'][randomBelow(2)],
            },
          },
        });
        break;
      case 1:
        await cluster.send('PATCH', deploymentPath, {
          spec: {
            template: { metadata: { annotations: { round: String(changes) } } },
          },
        });
        break;
      case 2:
        await cluster.send(
          'POST',
          `/apis/batch/v1/namespaces/${namespace}/jobs`,
          job(changes),
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
          report(randomBelow(20)),
        );
        break;
      case 5:
        await cluster.send(
          'DELETE',
          `/apis/aquasecurity.github.io/v1alpha1/namespaces/${namespace}/vulnerabilityreports/report-${randomBelow(
            20,
          )}`,
        );
        break;
      default:
        await cluster.send('PATCH', deploymentPath, {
          spec: { replicas: randomBelow(MAX_REPLICAS) },
        });
    }
    changes += 1;
    await delay(PAUSE_MS);
  }
  return changes;
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
        deployment(i),
      );
    }
  }
}

const podTemplate = (labels: Record<string, string>) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'server', image: 'ghcr.io/acme/soak:1.0.0' }] },
});

function deployment(index: number) {
  const labels = { app: `service-${index}` };
  return {
    metadata: { name: `service-${index}` },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: podTemplate({
        ...labels,
        'backstage.io/kubernetes-id': `service-${index}`,
      }),
    },
  };
}

function job(index: number) {
  const { metadata, spec } = podTemplate({ app: 'job' });
  return {
    metadata: { name: `job-${index}` },
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

import { findingsSchema } from '@internal/plugin-ml-platform-common';
import { eventually } from '@internal/plugin-ml-platform-node/testing';
import type { RunningPortal } from '../RunningPortal';
import {
  DeploymentClient,
  NAMESPACE,
  STRANGER,
  TEAM,
} from './DeploymentClient';

/** Tests of the workloads that the platform repository contains from the start, on any target. */
// eslint-disable-next-line jest/no-export -- Not a test file: each target has one that calls it.
export function describeSeededWorkloads(options: {
  portal: () => RunningPortal;
  /** The reason why there can be no reports of Trivy; the test of them is then skipped. */
  withoutTrivy?: string;
}) {
  const { portal, withoutTrivy } = options;
  const client = new DeploymentClient(portal);

  it('shows a training run', async () => {
    await eventually(async () => {
      const { jobs } = await client.workload('churn-training');
      expect(jobs).toContainEqual(
        expect.objectContaining({
          kind: 'Job',
          run: 'churn-training-20261120-1',
          environment: 'dev',
          cluster: portal().target.cluster,
          state: expect.stringMatching(/^(Running|Succeeded)$/),
          failures: 0,
          pod: expect.stringContaining('churn-training'),
        }),
      );
    });
  });

  (withoutTrivy ? it.skip : it)(
    `shows the findings of Trivy${withoutTrivy ? ` (${withoutTrivy})` : ''}`,
    async () => {
      const image = 'ghcr.io/mlflow/mlflow:v2.20.3';
      await portal().target.scan({
        namespace: NAMESPACE,
        workload: 'ml-backend',
        container: 'server',
        image,
      });
      await eventually(async () => {
        const path = `/api/ml-platform/teams/${TEAM}/workloads/ml-backend/findings`;
        const { status, body } = await client.get(path);
        expect(status).toBe(200);
        const { images, items, freshness } = findingsSchema.parse(body);
        expect(freshness.problems).toEqual([]);
        expect(images).toEqual([
          expect.objectContaining({
            image,
            // The sandbox's sample reports are dated, and therefore stale after some days.
            report: expect.stringMatching(/^(present|stale)$/),
          }),
        ]);
        expect(items).toContainEqual(
          expect.objectContaining({ image, severity: 'HIGH' }),
        );
        expect((await client.get(path, STRANGER)).status).toBe(404);
      });
    },
  );
}

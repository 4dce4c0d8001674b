import {
  workloadSummarySchema,
  type WorkloadSummary,
} from '@internal/plugin-ml-platform-common';
import {
  FakeKubernetes,
  fakeObjects,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';
import { NAMESPACE } from '../../__testUtils__/scorer';
import { startMlPlatform } from '../../__testUtils__/startMlPlatform';

/** The plugin on a fake cluster; `read` serves these objects and reads a workload of the namespace. */
export function startWorkloadPlatform() {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;
  beforeAll(async () => {
    kubernetes = await FakeKubernetes.start();
    platform = await startMlPlatform({ kubernetes });
  });
  afterAll(async () => {
    await platform.stop();
    await kubernetes.stop();
  });
  return {
    read: async (
      objects: FakeObject[],
      workload = 'scorer',
    ): Promise<WorkloadSummary> => {
      kubernetes.objects = [
        fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
        ...objects,
      ];
      const { status, body } = await platform.get(
        'ml-engineer',
        `/teams/app-ml-team/workloads/${workload}`,
      );
      expect(status).toBe(200);
      return workloadSummarySchema.parse(body);
    },
  };
}

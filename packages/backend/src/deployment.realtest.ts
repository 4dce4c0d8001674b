import { hasSharedDefinitions } from '@internal/real-platform';
import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import { describeDeployment } from './__testUtils__/deployment/describeDeployment';
import { describeSeededWorkloads } from './__testUtils__/deployment/describeSeededWorkloads';
import { describeTraining } from './__testUtils__/deployment/describeTraining';
import { startRealTarget } from './__testUtils__/startRealTarget';
import { RunningPortal } from './__testUtils__/RunningPortal';

const database = testDatabase();
let portal: RunningPortal;

beforeAll(async () => {
  portal = await RunningPortal.start(await startRealTarget(), database);
});
afterAll(() => portal?.stop());

describe('deployment of a service on real Gitea, Argo CD and Kubernetes', () => {
  describeDeployment(() => portal);
});

describe('training runs on real Gitea, Argo CD and Kubernetes', () => {
  describeTraining(() => portal);
});

describe('seeded workloads on real Argo CD and Kubernetes', () => {
  describeSeededWorkloads({
    portal: () => portal,
    withoutTrivy: hasSharedDefinitions()
      ? undefined
      : "the definitions of Trivy's reports are in shared/crds beside the checkout, which does not exist",
  });
});

import { hasSharedDefinitions } from '@internal/real-platform';
import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import { describeMainJob } from './__testUtils__/mainJob';
import { startRealTarget } from './__testUtils__/startRealTarget';

const database = testDatabase();

describe('the main job on real Gitea, Argo CD and Kubernetes', () => {
  describeMainJob({
    startTarget: startRealTarget,
    database,
    withoutTrivy: hasSharedDefinitions()
      ? undefined
      : "the definitions of Trivy's reports are in shared/crds beside the checkout, which is not there",
  });
});

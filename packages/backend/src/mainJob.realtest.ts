import { describeMainJob } from './__testUtils__/mainJob';
import { realTarget } from './__testUtils__/realTarget';

describe('the main job on real Gitea, Argo CD and Kubernetes', () =>
  describeMainJob(realTarget));

import { admission } from './admission/admission';
import { areas } from './areas';
import { Suite } from './Suite';
import { startRealTarget } from './targets/startRealTarget';

// Real systems settle in several steps: an assertion that saw an intermediate state is repeated once.
jest.retryTimes(1, { waitBeforeRetry: 5000 });

Suite.describe({
  kind: 'real',
  start: startRealTarget,
  areas: { ...areas, Admission: admission },
});

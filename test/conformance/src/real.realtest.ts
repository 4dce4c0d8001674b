import { admission } from './admission/admission';
import { areas } from './areas';
import { Suite } from './Suite';
import { startRealTarget } from './targets/startRealTarget';

// Real systems come to rest in their own time; what was looked at too early is looked at once more.
jest.retryTimes(1, { waitBeforeRetry: 5000 });

Suite.describe({
  kind: 'real',
  start: startRealTarget,
  areas: { ...areas, Admission: admission },
});

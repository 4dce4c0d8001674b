import { admission } from './admission/admission';
import { areas } from './areas';
import { Suite } from './Suite';
import { startRealTarget } from './targets/startRealTarget';

Suite.describe({
  kind: 'real',
  start: startRealTarget,
  areas: { ...areas, Admission: admission },
});

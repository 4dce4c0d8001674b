import { areas } from './areas';
import { Suite } from './Suite';
import { startSandboxTarget } from './targets/startSandboxTarget';

Suite.describe({ kind: 'sandbox', start: startSandboxTarget, areas });

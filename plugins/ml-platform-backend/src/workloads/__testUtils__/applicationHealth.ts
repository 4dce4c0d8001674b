import {
  applicationSchema,
  summariseApplication,
  type SyncWindow,
} from '@internal/plugin-ml-platform-node';
import { applicationReasons } from '../health/applicationReasons';
import { applicationState } from '../health/applicationState';
import { healthOf } from '../health/healthOf';
import { operationReasons } from '../health/operationReasons';

/** Status of an Application without reasons. */
export const inOrder = {
  sync: { status: 'Synced', revision: 'a'.repeat(40) },
  health: { status: 'Healthy' },
};

/** Status while a sync runs. */
export const running = (message: string, more: object = {}) => ({
  ...inOrder,
  operationState: { phase: 'Running', message, ...more },
});
/** State and texts for an Application whose pods are in order. */
export function applicationHealth(
  status: object,
  {
    metadata = {},
    spec = {},
    syncWindows = [],
    now = new Date(),
  }: {
    metadata?: object;
    spec?: object;
    syncWindows?: SyncWindow[];
    now?: Date;
  } = {},
) {
  const application = applicationSchema.parse({
    metadata: { name: 'app', ...metadata },
    spec: { project: 'team', syncPolicy: { automated: {} }, ...spec },
    status,
  });
  const known = [
    ...applicationReasons(summariseApplication(application)),
    ...operationReasons(application),
  ];
  const { state, reasons } = healthOf([
    ...known,
    ...applicationState(application, {
      hasObjects: true,
      known,
      syncWindows,
      now,
    }),
  ]);
  return [state, ...reasons.map(({ text }) => text)];
}

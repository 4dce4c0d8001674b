import { applicationSchema } from '@internal/plugin-ml-platform-node';
import { advanceProgress, type WorkloadView } from '../advanceProgress';
import type { ApplicationRecord } from '../changeRequestRecord';

export const before = '0'.repeat(40);
export const merged = '1'.repeat(40);
export const later = '2'.repeat(40);

const record: ApplicationRecord = {
  name: 'team-a--scorer--dev',
  team: 'team-a',
  workload: 'scorer',
  environment: 'dev',
  project: 'team-a',
  directory: 'infra/gitops/workloads/team-a/scorer/overlays/dev',
  removes: false,
  applied: { state: 'waiting' },
  healthy: { state: 'waiting' },
};
const now = new Date('2026-11-25T12:00:00Z');

export const deployed = (id: number, revision: string, time: string) => ({
  id,
  revision,
  deployedAt: `2026-11-25T${time}Z`,
});

/** Advances the progress by the status of an Application; `undefined`: there is none. */
export async function advance(
  status: object | undefined,
  given: Partial<ApplicationRecord> = {},
  workloadView: WorkloadView = { unready: [], reasons: [] },
) {
  const { applied, healthy } = await advanceProgress(
    { ...record, ...given },
    {
      application:
        status &&
        applicationSchema.parse({
          metadata: { name: record.name },
          spec: { project: 'team-a' },
          status,
        }),
      merge: { commit: merged, at: '2026-11-25T11:00:00.000Z' },
      contains: async revision => revision === merged || revision === later,
      workloadView,
      now,
    },
  );
  return { applied, healthy };
}

export const applied = (at: string) => ({ state: 'passed', at } as const);
export const synced = {
  history: [deployed(0, before, '10:00:00'), deployed(1, merged, '11:01:00')],
};

import { applicationSchema } from '@internal/plugin-ml-platform-node';
import { deployedRevisions, toView } from './applicationView';

const COMMIT = 'a'.repeat(40);
const chart = { repoURL: 'https://charts.example.com', chart: 'triton' };
const values = { repoURL: 'https://git.example.com/acme/x.git', ref: 'values' };

const application = (status?: object) =>
  applicationSchema.parse({
    metadata: { name: 'app', namespace: 'argocd' },
    spec: { project: 'team', sources: [chart, values] },
    status,
  });

describe('toView', () => {
  it('never shows an Application without a status as healthy', () => {
    expect(toView(application()).status).toMatchObject({
      sync: { status: 'Unknown' },
      health: { status: 'Unknown' },
    });
  });

  it("says beside Argo CD's own health which resource a sync could not apply", () => {
    const { status } = toView(
      application({
        sync: { status: 'OutOfSync' },
        health: { status: 'Healthy' },
        operationState: {
          phase: 'Failed',
          startedAt: '2026-11-28T17:16:02Z',
          finishedAt: '2026-11-28T17:19:02Z',
          retryCount: 5,
          message: 'one or more synchronization tasks are not valid',
          syncResult: {
            revision: '',
            revisions: ['4.2.1', COMMIT],
            resources: [
              {
                kind: 'ServiceMonitor',
                name: 'scorer',
                status: 'SyncFailed',
                message: 'no CRD at https://10.0.0.1/apis',
              },
            ],
          },
        },
      }),
    );

    expect(status.health).toEqual({ status: 'Healthy' });
    expect(status.conditions).toEqual([
      {
        type: 'SyncError',
        message: 'ServiceMonitor scorer: no CRD at (address)',
        lastTransitionTime: '2026-11-28T17:19:02Z',
      },
    ]);
    expect(status.operationState).toMatchObject({
      phase: 'Failed',
      retryCount: 5,
      syncResult: {
        revision: COMMIT,
        revisions: ['4.2.1', COMMIT],
        resources: [{ message: 'no CRD at (address)' }],
      },
    });
  });

  it('gives every entry of the history a revision, and revisions wherever there are sources', () => {
    const sources = [chart, values];
    const of = application({
      sync: { status: 'Synced', revisions: ['4.2.1', COMMIT] },
      history: [
        { id: 0, revision: '', revisions: ['4.2.0', COMMIT], sources },
        { id: 1, revisions: ['4.2.1', COMMIT], sources },
        { id: 2, revision: COMMIT, sources: [values] },
      ],
    });

    expect(toView(of).status.history).toMatchObject([
      { revision: COMMIT, revisions: ['4.2.0', COMMIT], sources },
      { revision: COMMIT, revisions: ['4.2.1', COMMIT], sources },
      { revision: COMMIT, source: values, sources: undefined },
    ]);
    expect(toView(of).status.sync.revision).toBe(COMMIT);
    expect([...deployedRevisions(of)]).toContain(COMMIT);
  });
});

import { applicationSchema } from './applicationSchema';
import { summariseApplication } from './applicationSummary';

const application = (operationState: object) =>
  applicationSchema.parse({
    metadata: { name: 'team--scorer--dev' },
    spec: { project: 'team' },
    status: { operationState },
  });

it('reports why a sync fails while Argo CD retries it', () => {
  const message =
    'one or more synchronization tasks are not valid: resource :ResourceQuota is not permitted in project team. Retrying attempt #2 at 7:24PM.';
  expect(
    summariseApplication(
      application({ phase: 'Running', retryCount: 2, message }),
    ).conditions,
  ).toEqual([
    {
      type: 'SyncError',
      message: 'resource :ResourceQuota is not permitted in project team',
      severity: 'error',
    },
  ]);
});

it('reports no error for a sync that is running', () => {
  expect(
    summariseApplication(
      application({
        phase: 'Running',
        message: 'waiting for completion of hook',
      }),
    ).conditions,
  ).toEqual([]);
});

// With an expression that takes the square of the length, this would take minutes.
it('reads a long message of a failed sync', () => {
  const message = `x${' Retrying attempt #1 at '.repeat(250_000)}`;
  expect(
    summariseApplication(application({ phase: 'Failed', message })).conditions,
  ).toEqual([expect.objectContaining({ type: 'SyncError' })]);
});

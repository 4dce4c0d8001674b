import { isOfRun, nextRunName, runNameProblem, sweepRunName } from '.';

it.each([
  ['churn-7', /^none$/],
  ['churn-7-lr-fast', /^none$/],
  ['churn', /starts with that of its workload/],
  ['other-7', /starts with that of its workload/],
  ['churn--7', /single "-"/],
  ['churn-7.yaml', /lower-case letters/],
  ['churn-../x', /lower-case letters/],
  [`churn-${'7'.repeat(50)}`, /limit is 50/],
])('describes the problem of the run name %s', (name, problem) => {
  expect(runNameProblem(name, 'churn') ?? 'none').toMatch(problem);
});

it('counts runs and sweeps, and neither dates nor runs of other workloads', () => {
  expect(nextRunName('churn', [])).toBe('churn-1');
  expect(
    nextRunName('churn', [
      'churn-2',
      'churn-9-50',
      'churn-20261120-1',
      'churn-fast',
      'churn-fast-70',
      'other-80',
    ]),
  ).toBe('churn-10');
});

it('knows the runs of a sweep', () => {
  expect(isOfRun(sweepRunName('churn-9', 0), 'churn-9')).toBe(true);
  expect(isOfRun('churn-9', 'churn-9')).toBe(true);
  expect(isOfRun('churn-90', 'churn-9')).toBe(false);
  expect(isOfRun('churn-9-fast', 'churn-9')).toBe(false);
});

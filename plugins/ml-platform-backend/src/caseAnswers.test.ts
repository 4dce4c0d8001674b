import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import caseAnswers from '@internal/plugin-ml-platform-common/fixtures/caseAnswers.json';
import { readCase } from './__testUtils__/readCase';
import { NAMESPACE } from './__testUtils__/scorer';
import { startMlPlatform } from './__testUtils__/startMlPlatform';

const workload = (name: string) => `/teams/app-ml-team/workloads/${name}`;

/** The routes that pages ask about each case. */
const ROUTES: Record<string, string[]> = {
  '01-cuda-driver-too-old': [workload('case-01')],
  '02-one-worker-of-four-pending': [workload('case-02')],
  '03-failed-indexes': [workload('case-03')],
  '05-cronjob-unknown-time-zone': [workload('case-05')],
  '07-cronjob-cannot-create-jobs': [workload('case-07')],
  '09-statefulset-partition': [workload('case-09')],
  '11-statefulset-pod-terminating-on-dead-node': [workload('case-11')],
  '12-sidecar-startup-probe': [workload('case-12')],
  '15-sync-failed-says-nothing': [workload('case-15')],
  '16-application-without-status': [workload('case-16')],
  '17-multi-source': [
    workload('case-17'),
    `${workload('case-17')}/deployments`,
  ],
  '18-hook-never-ends': [workload('case-18')],
  '19-degraded-by-externalsecret': [workload('case-19')],
  '25-no-such-scheduler': [workload('case-25')],
  '30-os-end-of-life': [`${workload('case-30')}/findings`],
  '33-init-sidecar-ephemeral': [`${workload('case-33')}/findings`],
  '34-config-audit-names-no-container': ['/config-audits'],
  '36-mig-and-other-gpus': ['/capacity', '/teams/app-ml-team/runs'],
  '39-kueue-v1beta1-only': [workload('case-39')],
};

const TIMELESS: Record<string, unknown> = {
  asOf: '2026-11-28T18:00:00Z',
  gpuHours: 10.5,
  sliceHours: 5.25,
  durationSeconds: 7200,
};
/** Replaces values that depend on the time of the test. */
const timeless = (key: string, value: unknown) => TIMELESS[key] ?? value;

/**
 * Holds the answers that the tests of the pages use equal to those of the routes. `RECORD_CASES=1` writes them again.
 */
describe('recorded answers about cases from the field', () => {
  const answers: Record<string, Record<string, unknown>> = {};
  const recorded: Record<string, unknown> = process.env.RECORD_CASES
    ? answers
    : caseAnswers;

  afterAll(() => {
    if (process.env.RECORD_CASES) {
      const file = resolvePackagePath(
        '@internal/plugin-ml-platform-common',
        'fixtures/caseAnswers.json',
      );
      writeFileSync(path.resolve(file), JSON.stringify(answers, null, 2));
    }
  });

  it.each(Object.keys(ROUTES))('%s', async name => {
    const kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      ...readCase(name),
    ];
    const platform = await startMlPlatform({
      kubernetes,
      config: { findings: { staleAfterHours: 100_000 } },
    });
    answers[name] = {};
    for (const route of ROUTES[name]) {
      const { status, body } = await platform.get('ml-engineer', route);
      expect(status).toBe(200);
      answers[name][route] = JSON.parse(JSON.stringify(body), timeless);
    }
    await platform.stop();
    await kubernetes.stop();

    expect(answers[name]).toEqual(recorded[name]);
  });
});

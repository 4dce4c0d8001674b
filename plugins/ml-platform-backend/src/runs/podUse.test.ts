import { podSchema } from '@internal/plugin-ml-platform-node';
import { podUse, secondsBetween } from './podUse';

const NOW = '2026-11-20T12:00:00Z';

const container = (name: string, gpus?: string, rest: object = {}) => ({
  name,
  image: 'i',
  resources: gpus ? { requests: { 'nvidia.com/gpu': gpus } } : {},
  ...rest,
});
const ran = (from: string, to: string, exitCode = 0) => ({
  terminated: {
    exitCode,
    startedAt: `2026-11-20T${from}:00Z`,
    finishedAt: `2026-11-20T${to}:00Z`,
  },
});
const runs = (from: string) => ({
  running: { startedAt: `2026-11-20T${from}:00Z` },
});

const use = (spec: object, status: object) => {
  const pod = {
    metadata: { name: 'a', uid: 'uid-a' },
    spec,
    status: { phase: 'Running', ...status },
  };
  return podUse(podSchema.parse(pod), NOW);
};
const server = (statuses: object[], gpus = '2') =>
  use(
    { containers: [container('server', gpus)] },
    {
      containerStatuses: statuses,
    },
  );

describe('podUse', () => {
  it('measures a container that ended', () => {
    expect(
      server([{ name: 'server', state: ran('10:00', '11:00', 137) }]),
    ).toMatchObject({
      uid: 'uid-a',
      name: 'a',
      startedAt: '2026-11-20T10:00:00Z',
      endedAt: '2026-11-20T11:00:00Z',
      exitCode: 137,
      gpuSeconds: 7_200,
      sliceSeconds: 0,
    });
  });

  it('measures a container that runs until now, and before its restart', () => {
    expect(
      server([
        {
          name: 'server',
          state: runs('11:30'),
          lastState: ran('10:00', '11:00', 1),
        },
      ]),
    ).toMatchObject({
      startedAt: '2026-11-20T10:00:00Z',
      endedAt: undefined,
      exitCode: 1,
      gpuSeconds: 2 * (3_600 + 1_800),
    });
  });

  it.each<[string, object[], number]>([
    ['nothing was started', [], 0],
    ['it waits', [{ name: 'server', state: { waiting: {} } }], 0],
    ['a clock is ahead of ours', [{ name: 'server', state: runs('13:00') }], 0],
    [
      'it ended before it started',
      [{ name: 'server', state: ran('11:00', '10:00') }],
      0,
    ],
    [
      'it ended without a time',
      [
        {
          name: 'server',
          state: { terminated: { exitCode: 1, startedAt: null } },
        },
      ],
      0,
    ],
    [
      'another container runs',
      [{ name: 'unknown', state: ran('10:00', '11:00') }],
      0,
    ],
  ])('counts nothing when %s', (_, statuses, gpuSeconds) => {
    expect(server(statuses).gpuSeconds).toBe(gpuSeconds);
  });

  it('adds up containers and sidecars, each with its own GPUs and time', () => {
    const spec = {
      containers: [container('server', '4'), container('metrics')],
      initContainers: [
        container('prepare', '8'),
        container('cache', '1', { restartPolicy: 'Always' }),
      ],
    };

    const { gpuSeconds } = use(spec, {
      initContainerStatuses: [
        { name: 'prepare', state: ran('09:00', '10:00') },
        { name: 'cache', state: runs('10:00') },
      ],
      containerStatuses: [
        { name: 'server', state: runs('11:00') },
        { name: 'metrics', state: runs('11:00') },
      ],
    });

    // `prepare` uses GPUs only while the others wait for it: the scheduler counts them, the platform does not.
    expect(gpuSeconds).toBe(1 * 7_200 + 4 * 3_600);
  });
});

describe('secondsBetween', () => {
  it.each([
    ['2026-11-20T10:00:00Z', '2026-11-20T10:00:01Z', 1],
    ['2026-11-20T10:00:00Z', '2026-11-20T10:00:01.999Z', 1],
    ['2026-11-20T10:00:01Z', '2026-11-20T10:00:00Z', 0],
    [undefined, '2026-11-20T10:00:00Z', 0],
    ['2026-11-20T10:00:00Z', undefined, 0],
    ['yesterday', '2026-11-20T10:00:00Z', 0],
  ])('from %s to %s is %d', (from, to, seconds) => {
    expect(secondsBetween(from, to)).toBe(seconds);
  });
});

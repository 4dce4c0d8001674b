import { DeletedPods } from './DeletedPods';
import { MAX_PODS } from './RunRecord';

const use = (uid: string | number, gpuSeconds = 1) => ({
  uid: `${uid}`,
  name: `${uid}`,
  phase: 'Failed',
  gpuSeconds,
  sliceSeconds: 0,
});

it('knows each pod once, as it last was', () => {
  const gone = new DeletedPods();
  gone.add('run', use('a', 1));
  gone.add('run', use('a', 3));
  gone.add('other', use('b', 5));

  expect(gone.of('run')).toEqual({
    pods: [use('a', 3)],
    otherGpuSeconds: 0,
    otherSliceSeconds: 0,
  });
  gone.forget('run');
  expect(gone.of('run').pods).toEqual([]);
  expect(gone.of('other').pods).toHaveLength(1);
});

it('keeps the last pods of very many, and the sum of the others', () => {
  const gone = new DeletedPods();
  for (let index = 0; index < MAX_PODS + 20; index += 1) {
    gone.add('run', use(index, 2));
  }

  const { pods, otherGpuSeconds } = gone.of('run');
  expect(pods).toHaveLength(MAX_PODS);
  expect(pods[0].uid).toBe('20');
  expect(otherGpuSeconds).toBe(40);
});

it('takes over what an earlier writer knew, except of pods that are there', () => {
  const gone = new DeletedPods();
  gone.add('run', use('seen', 7));

  gone.merge(
    {
      id: 'run',
      pods: [use('seen', 6), use('there', 5), use('earlier', 4)],
      otherGpuSeconds: 3,
      otherSliceSeconds: 0,
    },
    pod => pod === 'there',
  );

  expect(gone.of('run')).toEqual({
    pods: [use('seen', 7), use('earlier', 4)],
    otherGpuSeconds: 3,
    otherSliceSeconds: 0,
  });
});

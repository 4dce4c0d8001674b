import { podSchema } from '@internal/plugin-ml-platform-node';
import { endedPodReason } from './endedPodReason';

describe('endedPodReason', () => {
  const textOf = (reason: string, message?: string) =>
    endedPodReason(
      podSchema.parse({
        metadata: { name: 'scorer-1' },
        spec: {},
        status: { phase: 'Failed', reason, message },
      }),
    )?.text;

  it.each([
    ['OutOfcpu', 'too little free CPU'],
    ['OutOfmemory', 'too little free memory'],
    ['OutOfnvidia.com/gpu', 'too few free GPUs'],
    ['OutOfpods', 'too little free room for pods'],
  ])('says that the node had no room: %s', (reason, scarce) => {
    expect(textOf(reason)).toBe(
      `Its node had ${scarce} when the pod arrived. Its controller creates another pod.`,
    );
  });

  it('names the limit of temporary disk space, without the end of the sentence', () => {
    expect(
      textOf(
        'Evicted',
        'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ',
      ),
    ).toBe(
      'Evicted because it used more temporary disk space than its limit of 1Gi. Write less or raise the limit.',
    );
    expect(
      textOf(
        'Evicted',
        'Usage of EmptyDir volume "cache" exceeds the limit "1.5Gi".',
      ),
    ).toMatch(/its limit of 1\.5Gi\. Write/);
  });
});

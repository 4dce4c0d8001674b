import { describeExit, exitAdvice } from './describeExit';

describe('describeExit and exitAdvice', () => {
  it.each([
    [
      { exitCode: 137, reason: 'OOMKilled' },
      'exit code 137, out of memory',
      'It exceeded its memory limit. Raise the limit or use less memory (a smaller batch, fewer workers).',
    ],
    [
      { exitCode: 135, reason: 'Error' },
      'exit code 135, bus error',
      'It may need more shared memory: mount an emptyDir of medium Memory at /dev/shm.',
    ],
    [
      { exitCode: 125, reason: 'Error' },
      'exit code 125',
      'The container runtime could not run it. Check the command and the image.',
    ],
    [
      { exitCode: 132, reason: 'Error' },
      'exit code 132, illegal instruction',
      'The image was built for another type of CPU. Build it for the CPUs of the nodes.',
    ],
    [
      { exitCode: 137, reason: 'ContainerStatusUnknown' },
      'an unknown exit code, because its node lost it',
      'Its logs may be lost with the node.',
    ],
    [
      { exitCode: 255, reason: 'Unknown' },
      'exit code 255',
      'Its node or the container runtime restarted.',
    ],
    [
      {
        exitCode: 1,
        reason: 'Error',
        message:
          'RuntimeError: CUDA error: no CUDA-capable device is detected\n',
      },
      'exit code 1',
      'The cause: it sees no GPU. Check that the container has a GPU limit and that the image does not set NVIDIA_VISIBLE_DEVICES or CUDA_VISIBLE_DEVICES.',
    ],
    [
      {
        exitCode: 1,
        reason: 'Error',
        message:
          'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB',
      },
      'exit code 1',
      'The cause: it needs more GPU memory than the GPU has. Use a smaller batch or model, or a larger GPU.',
    ],
    [
      {
        exitCode: 1,
        reason: 'Error',
        message: 'NVRM: Xid (PCI:0000:3b:00): 79, GPU has fallen off the bus.',
      },
      'exit code 1',
      'The cause: the GPU reported the error XID 79. The node has to be repaired. Contact the platform team if this persists.',
    ],
    [
      {
        exitCode: 1,
        message:
          'CUDA initialization: The NVIDIA driver on your system is too old (found version 11040).',
      },
      'exit code 1',
      "The cause: the node's GPU driver is too old for the CUDA version of the image. Use an image with an earlier CUDA version, or ask the platform team for nodes with a newer driver.",
    ],
    [
      { exitCode: 3, message: 'no data for today' },
      'exit code 3',
      'It reported: no data for today.',
    ],
  ])('%j', (terminated, description, advice) => {
    expect(describeExit(terminated)).toBe(description);
    expect(exitAdvice(terminated)).toBe(advice);
  });
});

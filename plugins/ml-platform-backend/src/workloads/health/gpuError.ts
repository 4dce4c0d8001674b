import { redactAddresses } from '@internal/plugin-ml-platform-node';
import { PLATFORM_TEAM_ADVICE } from './formatting';

/** Explanation of an error message: the problem, and what to do. */
export interface ErrorRule {
  pattern: RegExp;
  text: (match: RegExpExecArray) => string;
}

const NEWER_DRIVER = 'ask the platform team for nodes with a newer driver';
const BROKEN_NODE = `The node has to be repaired. ${PLATFORM_TEAM_ADVICE}`;

/** Comparisons in conditions of `NVIDIA_REQUIRE_*`. */
const COMPARISONS: Record<string, (value: string) => string> = {
  '>=': value => `${value} or newer`,
  '>': value => `newer than ${value}`,
  '<': value => `older than ${value}`,
  '<=': value => `${value} or older`,
  '=': value => value,
};

/**
 * Errors of GPU drivers and of the tools that give GPUs to containers, most specific first.
 *
 * @see NVIDIA/libnvidia-container 1.17 src/cli, src/error.c; src/nvc.c
 * @see NVIDIA/nvidia-container-toolkit 1.17 internal/modifier
 * @see cncf-tags/container-device-interface 1.0 pkg/cdi/container-edits.go
 * @see containerd/containerd 2.1 pkg/oci/spec_opts.go (devices of AMD: `/dev/kfd`, `/dev/dri`)
 */
const GPU_RULES: ErrorRule[] = [
  {
    pattern:
      /unsatisfied condition: (cuda|driver|arch|brand) ?(>=|<=|=|>|<) ?([\w.]+)/,
    text: ([, subject, comparison, value]) =>
      requirementText(subject, comparison, value),
  },
  {
    pattern: /driver\/library version mismatch|NVML.{0,40}version mismatch/i,
    text: () =>
      `the GPU driver of the node was updated without a restart: its kernel module and its libraries have different versions. ${BROKEN_NODE}`,
  },
  {
    pattern: /Failed to initialize NVML: (?:Unknown Error|GPU is lost)/i,
    text: () =>
      `the container has lost its GPU. Delete the pod, so that it is created again. ${PLATFORM_TEAM_ADVICE}`,
  },
  {
    pattern:
      /driver version is insufficient for CUDA runtime|NVIDIA driver on your system is too old|forward compatibility was attempted on non supported HW|system has unsupported display driver|unsupported toolchain|CUDA_ERROR_UNSUPPORTED_PTX_VERSION/i,
    text: () =>
      `the node's GPU driver is too old for the CUDA version of the image. Use an image with an earlier CUDA version, or ${NEWER_DRIVER}.`,
  },
  {
    pattern: /nvml error: driver not loaded|load library failed: libnvidia-ml/i,
    text: () =>
      `the GPU driver is not loaded on the node. ${PLATFORM_TEAM_ADVICE}`,
  },
  {
    pattern:
      /libcuda\.so|Found no NVIDIA driver|nvidia driver is not loaded|couldn't communicate with the NVIDIA driver|amdgpu.{0,30}not (?:loaded|found)/i,
    text: () =>
      `the GPU driver is not loaded on the node, or the container was started without GPUs. Check that the container has a GPU limit. ${PLATFORM_TEAM_ADVICE}`,
  },
  {
    pattern: /nvidia-container-cli:[^]*no cuda-capable device/i,
    text: () => `the node finds no working GPU. ${BROKEN_NODE}`,
  },
  {
    pattern:
      /no (?:CUDA-capable|CUDA GPUs?|ROCm-capable|GPU)(?: device)?s? (?:is|are|was|were)? ?(?:detected|available)|CUDA_ERROR_NO_DEVICE|No HIP GPUs are available|hipErrorNoDevice|no adapters were found/i,
    text: () =>
      'it sees no GPU. Check that the container has a GPU limit and that the image does not set NVIDIA_VISIBLE_DEVICES or CUDA_VISIBLE_DEVICES.',
  },
  {
    pattern:
      /(?:CUDA|HIP) out of memory|torch\.(?:cuda\.)?OutOfMemoryError|CUDA_ERROR_OUT_OF_MEMORY|hipErrorOutOfMemory/i,
    text: () =>
      'it needs more GPU memory than the GPU has. Use a smaller batch or model, or a larger GPU.',
  },
  {
    pattern:
      /no kernel image is available for execution|CUDA_ERROR_NO_BINARY_FOR_GPU|invalid device function|hipErrorNoBinaryForGpu/i,
    text: () =>
      "the image is not built for this type of GPU. Build it for the GPU's compute capability, or choose another type of GPU.",
  },
  {
    pattern:
      /\bXid\b(?: \([^)]*\))?:? (\d+)|uncorrectable ECC|GPU is lost|GPU has fallen off the bus|CUDA_ERROR_ECC_UNCORRECTABLE/i,
    text: ([, xid]) =>
      `the GPU reported ${xid ? `the error XID ${xid}` : 'a hardware error'}. ${
        Number(xid) === 13 || Number(xid) === 31
          ? 'The program most likely accessed GPU memory that it may not; look for the error in its logs.'
          : BROKEN_NODE
      }`,
  },
  {
    pattern:
      /nvidia-container-cli: device error: (?:\S+: )?unknown device|unknown device.*nvidia|Allocate failed due to .*(?:gpu|mig)/i,
    text: () =>
      `a GPU that was assigned to the container no longer exists on the node. ${BROKEN_NODE}`,
  },
  {
    pattern: /unresolvable CDI devices? ([^\s:,]+)/,
    text: ([, device]) =>
      `the node does not know the device ${device} that the container requests (CDI). ${BROKEN_NODE}`,
  },
  {
    pattern:
      /failed to inject CDI devices|CDI device injection failed|CDI.{0,40}(?:not found|no such)/i,
    text: () =>
      `the node does not know a device that the container requests (CDI). ${BROKEN_NODE}`,
  },
  {
    pattern:
      /(?:no such file or directory|error gathering device information|lstat)[^]*\/dev\/(kfd|dri\b|nvidia)|\/dev\/(kfd|dri\b\S*|nvidia\S*)"?: no such file/i,
    text: ([, device, other]) =>
      `the node has no GPU device /dev/${(device ?? other)
        .split('/')[0]
        .replace(
          /["':]+$/,
          '',
        )}, so its GPU driver is not loaded. ${BROKEN_NODE}`,
  },
  {
    pattern:
      /nvidia-container-cli: (?:initialization|detection|driver|cuda|nvml|container|ldcache|mount|permission)[^:]*: ([^\n]*?)(?:: unknown)?$/m,
    text: ([, cause]) =>
      `the node cannot give it a GPU (${redactAddresses(
        cause.trim(),
      )}). ${BROKEN_NODE}`,
  },
  {
    pattern:
      /could not select device driver|nvidia-container-(?:cli|runtime|toolkit)[^]*(?:not found|no such file)|no runtime for "nvidia" is configured/i,
    text: () =>
      `the node lacks the tools that give GPUs to containers. ${BROKEN_NODE}`,
  },
];

function requirementText(
  subject: string,
  comparison: string,
  value: string,
): string {
  const needed = COMPARISONS[comparison]?.(value) ?? value;
  if (subject === 'cuda' || subject === 'driver') {
    const version = subject === 'cuda' ? 'CUDA' : 'driver version';
    return comparison.startsWith('<')
      ? `the node's GPU driver is too new for the image, which needs ${version} ${needed}. Use a newer image.`
      : `the node's GPU driver is too old for the image, which needs ${version} ${needed}. Use an image with an earlier CUDA version, or ${NEWER_DRIVER}.`;
  }
  const property = subject === 'arch' ? 'compute capability' : 'brand';
  return `the image does not support the GPU of the node: it needs the ${property} ${needed}. Choose another image or another type of GPU.`;
}

/** Explains an error about GPUs; undefined when the message is not about a GPU. */
export function gpuErrorText(message: string): string | undefined {
  return explainError(message, GPU_RULES);
}

/** Text of the first rule that matches; undefined when none does. */
export function explainError(
  message: string,
  rules: ErrorRule[],
): string | undefined {
  for (const { pattern, text } of rules) {
    const match = pattern.exec(message);
    if (match) {
      return text(match);
    }
  }
  return undefined;
}

import { startErrorText } from './startErrorText';

const RUNC =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ';
const NVIDIA = `${RUNC}error during container init: error running prestart hook #0: exit status 1, stdout: , stderr: Auto-detected mode as 'legacy'\nnvidia-container-cli: `;
const REPAIR =
  'The node has to be repaired. Contact the platform team if this persists.';

describe('startErrorText', () => {
  it.each([
    [
      `${RUNC}error during container init: error mounting "/mnt/nfs" to rootfs at "/data": no such file or directory: unknown`,
      'the volume at /data cannot be mounted (no such file or directory). Check the volume and its subPath.',
    ],
    [
      'failed to generate spec: error gathering device information while adding custom device "/dev/fuse": no such file or directory',
      'the node has no device /dev/fuse. Contact the platform team if this persists.',
    ],
    [
      `${RUNC}exec: "serve": executable file not found in $PATH: unknown`,
      'the command serve cannot be run (executable file not found in $PATH). Check the command and the image.',
    ],
    [
      `${RUNC}exec: "/app/run.sh": stat /app/run.sh: no such file or directory: unknown`,
      'the command /app/run.sh cannot be run (no such file or directory). Check the command and the image.',
    ],
    [
      `${RUNC}exec: "/app/run.sh": permission denied: unknown`,
      'the command /app/run.sh cannot be run (permission denied). Make the file executable in the image.',
    ],
    [
      'crun: executable file `serve` not found in $PATH: No such file or directory: OCI runtime attempted to invoke a command that was not found',
      'the command serve cannot be run (executable file not found in $PATH). Check the command and the image.',
    ],
    [
      'exec /app/run.sh: no such file or directory',
      'the command /app/run.sh cannot be run (no such file or directory). Check that the file exists and that its interpreter (first line) does, with Unix line ends.',
    ],
    [
      'standard_init_linux.go:228: exec user process caused: exec format error',
      "the image is not built for the node's CPU architecture. Build it for linux/amd64 as well.",
    ],
    [
      `${RUNC}unable to find user appuser: no matching entries in passwd file`,
      'the user appuser does not exist in the image. Create it in the image, or set runAsUser to a number.',
    ],
    [
      'container has runAsNonRoot and image has non-numeric user (app), cannot verify user is non-root (pod: "a", container: server)',
      'its image runs as the user app, and only a number proves that this is not root. Set USER in the image to a number, or runAsUser.',
    ],
    [
      `${RUNC}error during container init: chdir to cwd ("/work") set in config.json failed: permission denied: unknown`,
      'its working directory /work cannot be used (permission denied). Check workingDir and the user of the image.',
    ],
    [
      `${RUNC}container init was OOM-killed (memory limit too low?): unknown`,
      'its memory limit is too low for a process to start. Raise the limit.',
    ],
    [
      `${RUNC}error during container init: error mounting "/var/lib/kubelet/pods/1/volume-subpaths/config/server/0" to rootfs at "/etc/app.yaml": mount src=/var/lib: not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)?`,
      'a file cannot be mounted on a directory, nor a directory on a file: /etc/app.yaml. Check the subPath and the mountPath.',
    ],
    [
      `${RUNC}error during container init: error mounting "tmpfs" to rootfs at "/data": create mountpoint for /data mount: mkdirat /run/rootfs/data: read-only file system: unknown`,
      '/data cannot be created, because the file system is read-only. Create the directory in the image, or mount a volume there.',
    ],
    [
      `${RUNC}unable to apply cgroup configuration: unable to start unit: DBus: unknown`,
      'the node cannot set its resource limits (cgroup). Check the requests and limits. Kubernetes will retry. Contact the platform team if this persists.',
    ],
    [
      'failed to generate spec: no command specified',
      'neither the image nor the container names a command. Set a command or an entrypoint.',
    ],
    [
      'failed to reserve container name "server_a_0": name "server_a_0" is reserved for "f00"',
      'the previous attempt to create it has not ended on the node. Kubernetes will retry. Contact the platform team if this persists.',
    ],
    [
      'context deadline exceeded',
      'the container runtime of the node does not respond in time. Kubernetes will retry. Contact the platform team if this persists.',
    ],
    [`${RUNC}something new: unknown`, 'something new.'],
    [
      `${NVIDIA}requirement error: unsatisfied condition: driver>=535, please update your driver: unknown`,
      "the node's GPU driver is too old for the image, which needs driver version 535 or newer. Use an image with an earlier CUDA version, or ask the platform team for nodes with a newer driver.",
    ],
    [
      `${NVIDIA}requirement error: unsatisfied condition: brand = tesla: unknown`,
      'the image does not support the GPU of the node: it needs the brand tesla. Choose another image or another type of GPU.',
    ],
    [
      `${NVIDIA}initialization error: nvml error: driver/library version mismatch: unknown`,
      `the GPU driver of the node was updated without a restart: its kernel module and its libraries have different versions. ${REPAIR}`,
    ],
    [
      `${NVIDIA}initialization error: nvml error: driver not loaded: unknown`,
      'the GPU driver is not loaded on the node. Contact the platform team if this persists.',
    ],
    [
      `${NVIDIA}device error: 0: unknown device: unknown`,
      `a GPU that was assigned to the container no longer exists on the node. ${REPAIR}`,
    ],
    [
      `${NVIDIA}initialization error: driver rpc error: timed out: unknown`,
      `the node cannot give it a GPU (driver rpc error: timed out). ${REPAIR}`,
    ],
    [
      'failed to create shim task: OCI runtime create failed: could not apply required modification to OCI specification: error modifying OCI spec: failed to inject CDI devices: unresolvable CDI devices nvidia.com/gpu=0: unknown',
      `the node does not know the device nvidia.com/gpu=0 that the container requests (CDI). ${REPAIR}`,
    ],
    [
      'CDI device injection failed: unresolvable CDI devices amd.com/gpu=0',
      `the node does not know the device amd.com/gpu=0 that the container requests (CDI). ${REPAIR}`,
    ],
    [
      `${NVIDIA}initialization error: load library failed: libnvidia-ml.so.1: cannot open shared object file: no such file or directory: unknown`,
      'the GPU driver is not loaded on the node. Contact the platform team if this persists.',
    ],
    [
      `${NVIDIA}initialization error: cuda error: no cuda-capable device is detected: unknown`,
      `the node finds no working GPU. ${REPAIR}`,
    ],
    [
      'cannot load seccomp profile "/var/lib/kubelet/seccomp/p.json": open /var/lib/kubelet/seccomp/p.json: no such file or directory',
      'the seccomp profile does not exist on the node. Correct its name or use RuntimeDefault.',
    ],
    [
      'failed to prepare subPath for volumeMount "data" of container "server"',
      'the subPath of the volume data cannot be used. Check that it exists and that the volume is writable.',
    ],
    [
      'error gathering device information while adding custom device "/dev/kfd": no such file or directory',
      `the node has no GPU device /dev/kfd, so its GPU driver is not loaded. ${REPAIR}`,
    ],
    [
      'failed to generate spec: lstat /dev/dri/renderD128: no such file or directory',
      `the node has no GPU device /dev/dri, so its GPU driver is not loaded. ${REPAIR}`,
    ],
  ])('%s', (message, expected) => {
    expect(startErrorText(message)).toBe(expected);
  });
});

import type { HealthCode } from '@internal/plugin-ml-platform-common';
import { containerReason } from './containerReason';

describe('containerReason', () => {
  const status = { ready: false, restartCount: 4, name: 'server' };
  const waiting = (reason: string, message?: string) => ({
    ...status,
    image: 'ghcr.io/acme/scorer:1.0.0',
    state: { waiting: { reason, message } },
  });
  const terminated = (exitCode: number, reason?: string) => ({
    ...status,
    state: { terminated: { exitCode, reason } },
  });
  it.each<[Parameters<typeof containerReason>[0], HealthCode, string]>([
    [
      waiting(
        'ErrImagePull',
        'failed to pull and unpack image: tls: failed to verify certificate: x509: certificate signed by unknown authority',
      ),
      'image-pull',
      'Cannot pull image ghcr.io/acme/scorer:1.0.0: the node does not trust the certificate of the registry. Contact the platform team if this persists.',
    ],
    [
      waiting(
        'ErrImagePull',
        'rpc error: code = NotFound desc = failed to pull and unpack image "ghcr.io/acme/scorer:1.0.0": failed to resolve reference: ghcr.io/acme/scorer:1.0.0: not found',
      ),
      'image-pull',
      'Cannot pull image ghcr.io/acme/scorer:1.0.0: the registry does not have the image. Check its name and tag, and that it was pushed.',
    ],
    [
      waiting(
        'ImagePullBackOff',
        'Back-off pulling image "ghcr.io/acme/scorer:1.0.0": ErrImagePull: failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized',
      ),
      'image-pull',
      'Cannot pull image ghcr.io/acme/scorer:1.0.0: the registry denied access: the image does not exist, or the cluster may not pull it. Check the image name and the registry credentials.',
    ],
    [
      waiting(
        'ErrImagePull',
        'toomanyrequests: You have reached your pull rate limit.',
      ),
      'image-pull',
      'Cannot pull image ghcr.io/acme/scorer:1.0.0: the registry limits the number of pulls. Kubernetes will retry; use the company registry if this persists.',
    ],
    [
      waiting('ErrImagePull', 'dial tcp 10.2.3.4:443: i/o timeout'),
      'image-pull',
      'Cannot pull image ghcr.io/acme/scorer:1.0.0: the registry is unreachable. Kubernetes will retry. Contact the platform team if this persists.',
    ],
    [
      waiting('ErrImagePull', 'no match for platform in manifest: not found'),
      'image-pull',
      "Cannot pull image ghcr.io/acme/scorer:1.0.0: the image is not built for the node's CPU architecture. Build it for linux/amd64 as well.",
    ],
    [
      waiting('InvalidImageName', 'couldn\'t parse image name "A:b:c"'),
      'image-pull',
      'Cannot pull image ghcr.io/acme/scorer:1.0.0: the image name is invalid. Correct it.',
    ],
    [
      waiting(
        'PostStartHookError',
        'Exec lifecycle hook ([/bin/warm]) for Container "server" in Pod "a" failed - error: command \'/bin/warm\' exited with 1: , message: "no cache"',
      ),
      'start-failed',
      'Container server cannot start: its postStart hook fails with exit code 1: no cache. Correct the hook.',
    ],
    [
      {
        ...waiting('CrashLoopBackOff'),
        lastState: { terminated: { exitCode: 0, reason: 'Completed' } },
      },
      'crash-loop',
      'Container server ends again and again without an error (4 restarts), although it should keep running. Run its process in the foreground.',
    ],
    [
      {
        ...waiting('CrashLoopBackOff'),
        lastState: {
          terminated: {
            exitCode: 128,
            reason: 'ContainerCannotRun',
            message: 'exec: "serve": executable file not found in $PATH',
          },
        },
      },
      'start-failed',
      'Container server cannot start (4 restarts): the command serve cannot be run (executable file not found in $PATH). Check the command and the image.',
    ],
    [
      {
        ...status,
        state: { running: {} },
        lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
      },
      'crash-loop',
      'Container server was restarted (4 restarts) and is not ready, last failure: exit code 137, out of memory. It exceeded its memory limit. Raise the limit or use less memory (a smaller batch, fewer workers).',
    ],
    [
      waiting('ImagePullBackOff', 'Back-off pulling image "ghcr.io/acme/a:1"'),
      'image-pull',
      'Cannot pull image ghcr.io/acme/scorer:1.0.0: the last attempts failed. Check its name and tag; Kubernetes will retry.',
    ],
    [
      waiting('SignatureValidationFailed'),
      'image-pull',
      'Cannot pull image ghcr.io/acme/scorer:1.0.0: its signature is not valid. Sign the image, or use one that the platform trusts.',
    ],
    [
      waiting('CreateContainerConfigError', 'secret "db" not found'),
      'config-error',
      'Container server cannot start: the Secret db does not exist. Add it or correct its name.',
    ],
    [
      waiting(
        'CreateContainerConfigError',
        "couldn't find key url in Secret app-ml-team-dev/db",
      ),
      'config-error',
      'Container server cannot start: the Secret db has no key url. Add the key or correct its name.',
    ],
    [
      waiting(
        'CreateContainerConfigError',
        'container has runAsNonRoot and image will run as root (pod: "a_b(1)", container: server)',
      ),
      'config-error',
      'Container server cannot start: its image runs as root, which is not allowed. Set a user in the image, or runAsUser.',
    ],
    [
      waiting(
        'RunContainerError',
        'failed to create containerd task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/app/serve": stat /app/serve: no such file or directory: unknown',
      ),
      'start-failed',
      'Container server cannot start: the command /app/serve cannot be run (no such file or directory). Check the command and the image.',
    ],
    [
      terminated(137, 'OOMKilled'),
      'container-failed',
      'Container server failed with exit code 137, out of memory. It exceeded its memory limit. Raise the limit or use less memory (a smaller batch, fewer workers).',
    ],
    [
      terminated(139, 'Error'),
      'container-failed',
      'Container server failed with exit code 139, segmentation fault. Check its logs.',
    ],
    [
      {
        ...waiting('CrashLoopBackOff', 'back-off 5m0s restarting failed'),
        lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
      },
      'crash-loop',
      'Container server keeps crashing: 4 restarts, last with exit code 137, out of memory. It exceeded its memory limit. Raise the limit or use less memory (a smaller batch, fewer workers).',
    ],
  ])('%j', (container, code, text) => {
    expect(containerReason(container)).toEqual({ code, text });
  });

  it.each([
    { ...status, state: { terminated: { exitCode: 0 } } },
    { ...status, state: { running: {} } },
    waiting('ContainerCreating'),
    waiting('PodInitializing'),
    status,
  ])('has no reason for %j', container => {
    expect(containerReason(container)).toBeUndefined();
  });
});

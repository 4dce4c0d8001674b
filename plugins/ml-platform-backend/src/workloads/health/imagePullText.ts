import { redactAddresses } from '@internal/plugin-ml-platform-node';
import { asSentence, PLATFORM_TEAM_ADVICE } from './formatting';

const MAX_MESSAGE_LENGTH = 300;
const UNREACHABLE = `the registry is unreachable. Kubernetes will retry. ${PLATFORM_TEAM_ADVICE}`;

/**
 * Explains why the kubelet cannot pull an image, and what to do.
 *
 * @param reason - of the container's waiting state.
 * @param message - of the waiting state; while the kubelet waits before the next attempt, it may lack the cause.
 * @param pullError - message of the newest event about a failed pull, which has the cause.
 *
 * @see kubernetes/kubernetes v1.36 pkg/kubelet/images/image_manager.go
 */
export function imagePullText(
  reason: string,
  message: string,
  pullError: string | undefined,
): string {
  switch (reason) {
    case 'InvalidImageName':
      return 'the image name is invalid. Correct it.';
    case 'ErrImageNeverPull':
      return 'the image is not on the node, and imagePullPolicy is Never.';
    case 'SignatureValidationFailed':
      return 'its signature is not valid. Sign the image, or use one that the platform trusts.';
    case 'RegistryUnavailable':
      return UNREACHABLE;
    case 'ImageInspectError':
      return `the node cannot read the image. Kubernetes will retry. ${PLATFORM_TEAM_ADVICE}`;
    default: {
      const cause = isWithoutCause(message)
        ? redactAddresses(pullError ?? '')
        : message;
      return cause
        ? pullErrorText(cause)
        : 'the last attempts failed. Check its name and tag; Kubernetes will retry.';
    }
  }
}

function isWithoutCause(message: string): boolean {
  return (
    /^(?:ErrImagePull|ImagePullBackOff)?$/.test(message) ||
    /^Back-off pulling image "[^"]*"\.?$/.test(message)
  );
}

function pullErrorText(message: string): string {
  if (/toomanyrequests|rate limit|429/i.test(message)) {
    return 'the registry limits the number of pulls. Kubernetes will retry; use the company registry if this persists.';
  }
  if (/no match for platform|exec format|no matching manifest/i.test(message)) {
    return "the image is not built for the node's CPU architecture. Build it for linux/amd64 as well.";
  }
  if (/unauthorized|denied|forbidden|401|403|no basic auth/i.test(message)) {
    return 'the registry denied access: the image does not exist, or the cluster may not pull it. Check the image name and the registry credentials.';
  }
  if (/not found|manifest unknown|does not exist|404/i.test(message)) {
    return 'the registry does not have the image. Check its name and tag, and that it was pushed.';
  }
  if (/no space left/i.test(message)) {
    return 'the node has no disk space left. Contact the platform team.';
  }
  if (/signature/i.test(message)) {
    return 'its signature is not valid. Sign the image, or use one that the platform trusts.';
  }
  if (
    /unexpected media type|schema ?1|unsupported.{0,20}manifest/i.test(message)
  ) {
    return 'the image has a format that the node does not support. Build and push it again with a current tool.';
  }
  if (/x509|certificate|http: server gave HTTP response/i.test(message)) {
    return `the node does not trust the certificate of the registry. ${PLATFORM_TEAM_ADVICE}`;
  }
  if (
    /digest mismatch|size mismatch|unexpected EOF|failed to verify|checksum/i.test(
      message,
    )
  ) {
    return `the image arrived incomplete. Kubernetes will retry; push it again if this persists.`;
  }
  if (
    /\b5\d\d\b|Internal Server Error|Bad Gateway|Service Unavailable/i.test(
      message,
    )
  ) {
    return `the registry responds with an error. Kubernetes will retry. ${PLATFORM_TEAM_ADVICE}`;
  }
  if (
    /timeout|deadline|connection refused|connection reset|no such host|EOF|tls|canceled/i.test(
      message,
    )
  ) {
    return UNREACHABLE;
  }
  return asSentence(message.slice(0, MAX_MESSAGE_LENGTH));
}

import type { HealthReason } from '@internal/plugin-ml-platform-common';
import { redactAddresses, type Pod } from '@internal/plugin-ml-platform-node';
import { formatQuantity, asSentence } from './formatting';
import type { PodContext } from './PodContext';

const MAX_MESSAGE_LENGTH = 300;

/** Reason why a PersistentVolumeClaim of a pod is not bound; undefined when all claims are bound. */
export function claimReason(
  { spec }: Pod,
  context: PodContext,
): HealthReason | undefined {
  const claimNames = (spec.volumes ?? []).map(
    ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName,
  );
  const claim = context.claims.find(
    ({ metadata, status }) =>
      claimNames.includes(metadata.name) && status.phase !== 'Bound',
  );
  if (!claim) {
    return undefined;
  }
  const { name } = claim.metadata;
  const { storageClassName, resources } = claim.spec;
  const requested = resources?.requests?.storage;
  const details = [
    requested && formatQuantity('storage', requested),
    storageClassName ? `storage class ${storageClassName}` : 'no storage class',
  ]
    .filter(Boolean)
    .join(', ');
  const message = context
    .eventsOf(claim)
    .find(
      ({ reason }) =>
        reason === 'ProvisioningFailed' || reason === 'FailedBinding',
    )?.message;
  return {
    code: 'volume',
    text: `The PersistentVolumeClaim ${name} (${details}) is not bound: ${
      claim.status.phase === 'Lost'
        ? 'its volume no longer exists.'
        : provisioningText(message)
    } Check the storage class and the size.`,
    object: { kind: 'PersistentVolumeClaim', name },
  };
}

/** @param message - of the newest event about a provisioning failure. */
function provisioningText(message: string | undefined): string {
  if (message && /no volume plugin matched/.test(message)) {
    return 'its storage class makes no volumes, and no existing one fits.';
  }
  return message
    ? asSentence(redactAddresses(message).slice(0, MAX_MESSAGE_LENGTH))
    : 'no volume has been provisioned yet.';
}

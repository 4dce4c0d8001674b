import type { HealthReason } from '@internal/plugin-ml-platform-common';
import { redactAddresses, type Pod } from '@internal/plugin-ml-platform-node';
import { amountOnly, asSentence } from './formatting';
import type { PodContext } from './podReason';

/** Reason why a PersistentVolumeClaim of a pod is not bound; undefined when all are. */
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
    requested && amountOnly('storage', requested),
    storageClassName ? `storage class ${storageClassName}` : 'no storage class',
  ]
    .filter(Boolean)
    .join(', ');
  const failure = context
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
        : provisioningText(failure)
    } Check the storage class and the size.`,
    object: { kind: 'PersistentVolumeClaim', name },
  };
}

function provisioningText(failure: string | undefined): string {
  return failure
    ? asSentence(redactAddresses(failure).slice(0, 300))
    : 'no volume has been provisioned yet.';
}

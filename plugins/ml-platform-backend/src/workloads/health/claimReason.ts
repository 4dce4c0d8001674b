import type { HealthReason } from '@internal/plugin-ml-platform-common';
import { redactAddresses, type Pod } from '@internal/plugin-ml-platform-node';
import type { PodContext } from './podReason';
import { amountOnly, asSentence } from './formatting';

/** Which of a pod's volume claims has no volume, and why. */
export function claimReason(
  { spec }: Pod,
  around: PodContext,
): HealthReason | undefined {
  const names = (spec.volumes ?? []).map(
    ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName,
  );
  const claim = around.claims.find(
    ({ metadata, status }) =>
      names.includes(metadata.name) && status.phase !== 'Bound',
  );
  if (!claim) {
    return undefined;
  }
  const { name } = claim.metadata;
  const { storageClassName, resources } = claim.spec;
  const asked = resources?.requests?.storage;
  const details = [
    asked && amountOnly('storage', asked),
    storageClassName ? `storage class ${storageClassName}` : 'no storage class',
  ]
    .filter(Boolean)
    .join(', ');
  const failure = around
    .eventsOf(claim)
    .find(
      ({ reason }) =>
        reason === 'ProvisioningFailed' || reason === 'FailedBinding',
    )?.message;
  return {
    code: 'volume',
    text: `The volume claim ${name} (${details}) has no volume: ${
      claim.status.phase === 'Lost' ? 'its volume is gone.' : waitsFor(failure)
    } Check the storage class and the size.`,
    object: { kind: 'PersistentVolumeClaim', name },
  };
}

function waitsFor(failure: string | undefined): string {
  return failure
    ? asSentence(redactAddresses(failure).slice(0, 300))
    : 'it waits for one to be made.';
}

import { volumeReason } from './volumeReason';

describe('volumeReason', () => {
  it.each([
    [
      'MountVolume.SetUp failed for volume "config" : configmap "scorer-config" not found',
      'The ConfigMap scorer-config does not exist. Add it to the workload or correct its name.',
    ],
    [
      'MountVolume.SetUp failed for volume "server-certificate" : secret "cert" not found',
      'The Secret cert does not exist. Add it to the workload or correct its name.',
    ],
    [
      'MountVolume.SetUp failed for volume "config-volume" : configmap references non-existent config key: missing-key',
      'A mounted ConfigMap or Secret has no key missing-key. Add the key or correct its name.',
    ],
    [
      'Multi-Attach error for volume "pvc-9dbdb7f1" Volume is already exclusively attached to one node and can\'t be attached to another',
      'Volume pvc-9dbdb7f1 is still attached to another node, and only one node at a time can use it. Wait until the old pod has terminated, or run a single pod with the Recreate strategy.',
    ],
    [
      'Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[], failed to process volumes=[]: timed out waiting for the condition',
      'The volume data could not be mounted in time. Contact the platform team if this persists.',
    ],
    [
      'AttachVolume.Attach failed for volume "pvc-1" : rpc error: code = Internal desc = Could not attach volume "vol-0a1" to node "i-0b2"',
      'Volume pvc-1 cannot be mounted: Could not attach volume "vol-0a1" to node "i-0b2".',
    ],
    [
      'MountVolume.SetUp failed for volume "nfs" : mount failed: exit status 32, mount.nfs: access denied by server while mounting 10.1.2.3:/exports',
      'Access to volume nfs was denied: exit status 32, mount.nfs: access denied by server while mounting (address):/exports.',
    ],
  ])('%s', (message, text) => {
    expect(volumeReason(message)).toMatchObject({ code: 'volume', text });
  });
});

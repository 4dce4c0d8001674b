import type { Kubectl } from './Kubectl';

const CLASS = 'standard';
/** More than the examples and the tests claim. */
const COUNT = 40;

/** Creates a default StorageClass, and volumes for claims. They store nothing, because pods do not run. */
export async function applyVolumes(kubectl: Kubectl): Promise<void> {
  await kubectl.applyObjects([
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: CLASS,
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      },
      provisioner: 'kubernetes.io/no-provisioner',
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'Immediate',
    },
    ...Array.from({ length: COUNT }, (_, index) => volume(`volume-${index}`)),
  ]);
}

function volume(name: string) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      storageClassName: CLASS,
      capacity: { storage: '200Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      hostPath: { path: `/volumes/${name}` },
    },
  };
}

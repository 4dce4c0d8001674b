import { interned, keep, pick } from './projection/projector';

/** Fields that trivy-operator writes into several kinds of reports. */
export const artifactProjector = interned(
  pick({ repository: keep, tag: keep, digest: keep, mimeType: keep }),
);
export const registryProjector = interned(pick({ server: keep }));
export const scannerProjector = interned(pick({ name: keep, version: keep }));

import {
  fakeObjects,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';

export const vulnerability = (
  vulnerabilityID: string,
  severity: string,
  rest: Record<string, unknown> = {},
) => ({
  vulnerabilityID,
  severity,
  resource: 'openssl',
  installedVersion: '3.0.1',
  fixedVersion: '',
  title: `Title of ${vulnerabilityID}`,
  target: '',
  links: [],
  ...rest,
});

/** Labels and owner reference of a report, as trivy-operator writes them. */
export function scannedMetadata(owner: FakeObject, container?: string) {
  const { name, namespace, uid = '' } = owner.metadata;
  return {
    namespace,
    labels: {
      ...(container && { 'trivy-operator.container.name': container }),
      'trivy-operator.resource.kind': owner.kind,
      'trivy-operator.resource.name': name,
      'trivy-operator.resource.namespace': namespace ?? '',
    },
    ownerReferences: [
      {
        apiVersion: owner.apiVersion,
        kind: owner.kind,
        name,
        uid,
        controller: true,
      },
    ],
  };
}

/** A VulnerabilityReport for a container of a controller, as trivy-operator writes it. */
export function report(
  owner: FakeObject,
  container: string,
  vulnerabilities: unknown[],
  artifact: Record<string, unknown> = {},
): FakeObject {
  return {
    apiVersion: 'aquasecurity.github.io/v1alpha1',
    kind: 'VulnerabilityReport',
    metadata: {
      name: `${owner.kind.toLowerCase()}-${owner.metadata.name}-${container}`,
      ...scannedMetadata(owner, container),
    },
    report: {
      updateTimestamp: '2026-11-19T00:00:00Z',
      registry: { server: 'ghcr.io' },
      artifact: { repository: 'acme/scorer', tag: '1.0.0', ...artifact },
      vulnerabilities,
    },
  };
}

/** An image digest that repeats one digit. */
export const digest = (digit: string) => `sha256:${digit.repeat(64)}`;

/** A ReplicaSet that runs one pod with one container, `server`. */
export function service(options: {
  name: string;
  namespace: string;
  image: string;
  /** Digest that the node pulled. */
  pulled?: string;
}): { owner: FakeObject; pod: FakeObject } {
  const { name, namespace, image, pulled } = options;
  const containers = [{ name: 'server', image }];
  const owner = fakeObjects.ofWorkload(name, {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: `${name}-1`, namespace },
    spec: { replicas: 1 },
  });
  const pod = fakeObjects.ofWorkload(
    name,
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `${name}-1-a`, namespace },
      spec: { containers },
      status: {
        phase: 'Running',
        containerStatuses: [
          {
            name: 'server',
            image,
            imageID: pulled ? `${image.split(':')[0]}@${pulled}` : '',
          },
        ],
      },
    },
    owner,
  );
  return { owner, pod };
}

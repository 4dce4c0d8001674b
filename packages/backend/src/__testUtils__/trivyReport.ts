/** A VulnerabilityReport as trivy-operator writes it for a container of a ReplicaSet, with all required fields. */
export function trivyReport(options: {
  replicaSet: { metadata: { name: string; namespace: string; uid: string } };
  container: string;
  image: { server: string; repository: string; tag: string };
}): object {
  const { container, image } = options;
  const { name, namespace, uid } = options.replicaSet.metadata;
  return {
    apiVersion: 'aquasecurity.github.io/v1alpha1',
    kind: 'VulnerabilityReport',
    metadata: {
      name: `replicaset-${name}-${container}`,
      namespace,
      labels: {
        'trivy-operator.container.name': container,
        'trivy-operator.resource.kind': 'ReplicaSet',
        'trivy-operator.resource.name': name,
        'trivy-operator.resource.namespace': namespace,
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name,
          uid,
          controller: true,
          blockOwnerDeletion: false,
        },
      ],
    },
    report: {
      updateTimestamp: '2026-11-20T00:00:00Z',
      scanner: { name: 'Trivy', vendor: 'Aqua Security', version: '0.67.2' },
      os: { family: 'debian', name: '12.9' },
      registry: { server: image.server },
      artifact: { repository: image.repository, tag: image.tag },
      summary: {
        criticalCount: 0,
        highCount: 1,
        mediumCount: 0,
        lowCount: 0,
        unknownCount: 0,
      },
      vulnerabilities: [
        {
          vulnerabilityID: 'CVE-2024-0001',
          severity: 'HIGH',
          score: 7.5,
          title: 'An example of a finding',
          resource: 'libexample',
          installedVersion: '1.0.0',
          fixedVersion: '1.0.1',
          publishedDate: '2024-01-01T00:00:00Z',
          lastModifiedDate: '2024-01-02T00:00:00Z',
          primaryLink: 'https://avd.aquasec.com/nvd/cve-2024-0001',
          links: [],
        },
      ],
    },
  };
}

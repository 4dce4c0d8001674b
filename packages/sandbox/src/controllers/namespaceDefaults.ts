import { isDeepStrictEqual } from 'node:util';
import type { Draft } from '../kubernetes/KubernetesObject';
import type { Controller } from './ReconcileContext';

/** A certificate whose key does not exist: the sandbox serves plain HTTP, but clients expect an authority. */
const AUTHORITY = `-----BEGIN CERTIFICATE-----
MIIBejCCASGgAwIBAgIUfQPTy1ZDkSZS2s42onog7RR9EIgwCgYIKoZIzj0EAwIw
EjEQMA4GA1UEAwwHc2FuZGJveDAgFw0yNjExMjkwMDA3NTFaGA8yMTI2MTEwNTAw
MDc1MVowEjEQMA4GA1UEAwwHc2FuZGJveDBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABKht92tQcYKQgWaqqoAn2FsU3Q9ffQ2xEFnu4MAewn4D9ro7maHipvEARDPw
Qs+u/ftlpgHFJdNVFeJdE0Hh+qyjUzBRMB0GA1UdDgQWBBRKf+mYRc7vTy3t3ufd
w+b2wMvYYzAfBgNVHSMEGDAWgBRKf+mYRc7vTy3t3ufdw+b2wMvYYzAPBgNVHRMB
Af8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIEOTG6ejTxu41ZWJJSxgd7RWBYx7
UyMZwXvbUs5qB4aoAiBsA6KXzLoNX3p6Jmg8lOuCIjs4KVTYLHXaYX8kNvo9dw==
-----END CERTIFICATE-----
`;

const DESCRIPTION =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. ' +
  'No other usage is guaranteed across distributions of Kubernetes clusters.';

/** Creates the objects that each namespace has: the default ServiceAccount and the certificate of the cluster's authority. */
export const reconcileNamespaceDefaults: Controller = ({ store }) => {
  for (const { metadata } of store.list('namespaces')) {
    const namespace = metadata.name;
    if (!store.get('serviceaccounts', namespace, 'default')) {
      store.create({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default', namespace },
      });
    }
    const draft: Draft = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'kube-root-ca.crt',
        namespace,
        annotations: { 'kubernetes.io/description': DESCRIPTION },
      },
      data: { 'ca.crt': AUTHORITY },
    };
    const live = store.get('configmaps', namespace, draft.metadata.name);
    if (!live) {
      store.create(draft);
    } else if (!isDeepStrictEqual(live.data, draft.data)) {
      store.update({ ...live, data: draft.data });
    }
  }
};

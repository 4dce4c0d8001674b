import { fakeObjects } from '@internal/plugin-ml-platform-node/testing';
import {
  digest,
  report,
  service,
  vulnerability,
} from '../../__testUtils__/reports';

export const SHARED = digest('a');
export const OF_ML = digest('b');
export const OF_DATA = digest('c');

/** Two teams that share one image, and each have one that is confidential to the other. */
export function twoTeams() {
  const mlShared = service({
    name: 'proxy',
    namespace: 'app-ml-team',
    image: 'ghcr.io/acme/proxy:1',
    pulled: SHARED,
  });
  const ml = service({
    name: 'scorer',
    namespace: 'app-ml-team-dev',
    image: 'ghcr.io/acme/scorer:1.0.0',
    pulled: OF_ML,
  });
  const dataShared = service({
    name: 'gateway',
    namespace: 'app-data-team',
    image: 'ghcr.io/mirror/proxy:1',
    pulled: SHARED,
  });
  const data = service({
    name: 'loader',
    namespace: 'app-data-team',
    image: 'ghcr.io/acme/loader:7',
    pulled: OF_DATA,
  });
  const unscanned = service({
    name: 'fresh',
    namespace: 'app-data-team',
    image: 'ghcr.io/acme/fresh:1',
  });
  return [
    fakeObjects.namespace('app-ml-team', 'dev', 'app-ml-team-dev'),
    fakeObjects.namespace('app-ml-team', 'prod', 'app-ml-team'),
    fakeObjects.namespace('app-data-team', 'prod', 'app-data-team'),
    ...[mlShared, ml, dataShared, data, unscanned].flatMap(({ owner, pod }) => [
      owner,
      pod,
    ]),
    // trivy-operator scans an image for each workload that runs it.
    ...[mlShared, dataShared].map(({ owner }) =>
      report(
        owner,
        'server',
        [
          vulnerability('CVE-2026-9', 'LOW', { score: 3 }),
          vulnerability('CVE-2026-10', 'HIGH', {
            score: 7.5,
            fixedVersion: '3.0.2',
          }),
        ],
        { repository: 'acme/proxy', tag: '1', digest: SHARED },
      ),
    ),
    // By tag, as for most images: then the digest is that of the image's configuration, which no node reports.
    report(
      ml.owner,
      'server',
      [
        vulnerability('CVE-2026-10', 'MEDIUM', { resource: 'libssl' }),
        vulnerability('CVE-2026-1', 'CRITICAL', {
          resource: 'torch',
          primaryLink: 'https://avd.aquasec.com/nvd/cve-2026-1',
        }),
      ],
      { digest: digest('d') },
    ),
    report(
      data.owner,
      'server',
      [
        vulnerability('CVE-2026-10', 'CRITICAL', {
          score: 9.9,
          resource: 'secret-library',
          title: 'Only the data team may read this',
        }),
        vulnerability('CVE-2026-7', 'CRITICAL', { fixedVersion: '2' }),
      ],
      { repository: 'acme/loader', tag: '7', digest: OF_DATA },
    ),
  ];
}

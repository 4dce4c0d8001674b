import { redactAddresses } from './redactAddresses';

describe('redactAddresses', () => {
  it.each([
    [
      'Failed to pull image "ghcr.io/acme/scorer:1": Head "https://ghcr.io/v2/acme/scorer": denied',
      'Failed to pull image "ghcr.io/acme/scorer:1": Head "(address)": denied',
    ],
    ['dial tcp 10.0.0.1:443: refused', 'dial tcp (address): refused'],
    ['dial tcp [fd00::1]:443: refused', 'dial tcp (address): refused'],
    [
      "open '/tmp/repo/4f2/gitops/base/deployment.yaml': no such file",
      "open '…/base/deployment.yaml': no such file",
    ],
    [
      '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.',
      '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.',
    ],
    [
      'Liveness probe failed: GET /health',
      'Liveness probe failed: GET /health',
    ],
  ])('%s', (text, expected) => {
    expect(redactAddresses(text)).toBe(expected);
  });

  it('cuts texts that take long to read', () => {
    expect(redactAddresses('b.'.repeat(2_000_000))).toBe(
      `${'b.'.repeat(5_000)}…`,
    );
  });
});

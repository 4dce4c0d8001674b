import { acceptedBy, rejectedBy } from './__testUtils__/corpus';
import { PolicedCluster } from './__testUtils__/PolicedCluster';

jest.setTimeout(600_000);

describe('the corpus of manifests, on a real API server', () => {
  let cluster: PolicedCluster;

  beforeAll(async () => {
    cluster = await PolicedCluster.start();
    await cluster.enforcePolicies();
  });

  afterAll(async () => {
    await cluster.stop();
  });

  it('accepts every policy without type warnings', async () => {
    // A controller writes the status later.
    await cluster.kubectl([
      'wait',
      'validatingadmissionpolicies',
      '--all',
      '--for=jsonpath={.status.typeChecking}',
      '--timeout=120s',
    ]);
    const output = await cluster.kubectl([
      'get',
      'validatingadmissionpolicies',
      '--output=json',
    ]);
    const { items } = JSON.parse(output);
    expect(items).toHaveLength(23);
    for (const { metadata, status } of items) {
      expect([metadata.name, status.typeChecking]).toEqual([metadata.name, {}]);
    }
  });

  it.each(acceptedBy('cluster'))('$name: accepted', async ({ text }) => {
    expect(await cluster.verdictOf(text)).toBe('');
  });

  it.each(rejectedBy('cluster'))('$name: rejected', async ({ text, says }) => {
    const refusal = await cluster.verdictOf(text);
    expect(refusal).not.toBe('');
    expect(refusal.toLowerCase()).toContain(says.toLowerCase());
  });
});

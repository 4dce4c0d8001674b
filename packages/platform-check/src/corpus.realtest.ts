import { acceptedBy, refusedBy } from './__testUtils__/corpus';
import { PolicedCluster } from './__testUtils__/PolicedCluster';

jest.setTimeout(180_000);

describe('the corpus of manifests, on a real API server', () => {
  let cluster: PolicedCluster;

  beforeAll(async () => {
    cluster = await PolicedCluster.start();
    await cluster.police();
  });

  afterAll(async () => {
    await cluster.stop();
  });

  it('takes every policy without a warning about its types', async () => {
    // A controller writes it, in its own time.
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
    expect(items).toHaveLength(8);
    for (const { metadata, status } of items) {
      expect([metadata.name, status.typeChecking]).toEqual([metadata.name, {}]);
    }
  });

  it.each(acceptedBy('cluster'))('$name: accepted', async ({ text }) => {
    expect(await cluster.refusalOf(text)).toBe('');
  });

  it.each(refusedBy('cluster'))('$name: refused', async ({ text, says }) => {
    const refusal = await cluster.refusalOf(text);
    expect(refusal).not.toBe('');
    expect(refusal.toLowerCase()).toContain(says.toLowerCase());
  });
});

import type { Assertions } from '../Suite';

const PODS = '/api/v1/namespaces/team-a-dev/pods';

/** Logs of pods, with the portal's queries. */
export const podLogs: Assertions = suite => {
  const podOfWeb = async () => {
    const [pod] = await suite.target.kubernetes.settledList(
      PODS,
      { labelSelector: 'app=web', fieldSelector: 'status.phase=Running' },
      items => items.length > 0,
    );
    return pod.metadata.name;
  };

  suite.assert('a log is text, and tailLines returns its end', async () => {
    const path = `${PODS}/${await podOfWeb()}/log`;
    const { kubernetes } = suite.target;
    const whole = await kubernetes.get(path);
    expect(whole.status).toBe(200);
    expect(whole.contentType).toContain('text/plain');
    expect(whole.text.split('\n').length).toBeGreaterThan(1);
    const end = await kubernetes.get(path, { query: { tailLines: '1' } });
    expect(end.text.trimEnd().split('\n')).toHaveLength(1);
    const named = await kubernetes.get(path, { query: { container: 'app' } });
    expect(named.status).toBe(200);
  });

  suite.assert('a missing pod', async () => {
    const { status, body } = await suite.target.kubernetes.get(
      `${PODS}/missing/log`,
    );
    expect(status).toBe(404);
    expect(body).toMatchObject({ message: 'pods "missing" not found' });
  });

  suite.assert('a missing container', async () => {
    const name = await podOfWeb();
    const { status, body } = await suite.target.kubernetes.get(
      `${PODS}/${name}/log`,
      { query: { container: 'missing' } },
    );
    expect(status).toBe(400);
    expect(body).toMatchObject({
      reason: 'BadRequest',
      message: `container missing is not valid for pod ${name}`,
    });
  });

  suite.assert('a pod without a node has no log', async () => {
    const [pod] = await suite.target.kubernetes.settledList(
      PODS,
      { labelSelector: 'job-name=gpu' },
      items => items.length > 0,
    );
    const { status, text } = await suite.target.kubernetes.get(
      `${PODS}/${pod.metadata.name}/log`,
    );
    expect({ status, text }).toEqual({ status: 204, text: '' });
  });
};

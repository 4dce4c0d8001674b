import { probeReason } from './probeReason';

describe('probeReason', () => {
  it.each([
    [
      'Readiness probe failed: HTTP probe failed with statuscode: 503',
      'Container server fails its readiness probe, so it receives no traffic: it responds with HTTP status 503. Check its logs.',
    ],
    [
      'Liveness probe failed: Get "http://10.244.0.12:8080/healthz": dial tcp 10.244.0.12:8080: connect: connection refused',
      'Container server fails its liveness probe, so it is restarted: nothing listens on port 8080. Check the port, and that the server has started.',
    ],
    [
      'Startup probe failed: Get "http://10.244.0.12:8080/v2/health/ready": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
      'Container server fails its startup probe, so it is restarted: it does not respond on /v2/health/ready in time. It may need more time to start (for example to load a model), more CPU, or a longer probe timeout.',
    ],
    [
      'Readiness probe failed: dial tcp 10.0.1.7:9000: i/o timeout',
      'Container server fails its readiness probe, so it receives no traffic: it does not respond in time. It may need more time to start (for example to load a model), more CPU, or a longer probe timeout.',
    ],
    [
      'Readiness probe failed: timeout: failed to connect service "10.0.1.7:8001" within 1s: context deadline exceeded',
      'Container server fails its readiness probe, so it receives no traffic: it does not respond in time. It may need more time to start (for example to load a model), more CPU, or a longer probe timeout.',
    ],
    [
      'Readiness probe failed: service unhealthy (responded with "NOT_SERVING")',
      'Container server fails its readiness probe, so it receives no traffic: its gRPC health service reports NOT_SERVING. Check its logs.',
    ],
    [
      'Liveness probe failed: cat: /tmp/healthy: No such file or directory\n',
      'Container server fails its liveness probe, so it is restarted: cat: /tmp/healthy: No such file or directory.',
    ],
    [
      'Readiness probe errored and resulted in unknown state: rpc error: code = Unknown desc = command timed out',
      'Container server fails its readiness probe, so it receives no traffic: it does not respond in time. It may need more time to start (for example to load a model), more CPU, or a longer probe timeout.',
    ],
    [
      'Readiness probe failed: ',
      'Container server fails its readiness probe, so it receives no traffic: the probe command fails. Check its logs.',
    ],
  ])('%s', (message, text) => {
    expect(probeReason(message, 'server')).toEqual({
      code: 'probe-failing',
      text,
    });
  });

  it('ignores other messages', () => {
    expect(probeReason('Back-off restarting', 'server')).toBeUndefined();
  });
});

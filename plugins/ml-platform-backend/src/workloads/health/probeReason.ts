import type { HealthReason } from '@internal/plugin-ml-platform-common';
import { redactAddresses } from '@internal/plugin-ml-platform-node';
import { asSentence } from './formatting';

const PROBE =
  /^(Readiness|Liveness|Startup) probe (?:failed|errored(?: and resulted in \S+ state)?): ?([\s\S]*)$/;

/** What each probe decides. */
const CONSEQUENCES: Record<string, string> = {
  Readiness: 'so it gets no requests',
  Liveness: 'so it is restarted',
  Startup: 'so it is restarted',
};

/**
 * What the kubelet's probe of a container found; undefined when the message is not about a probe.
 *
 * @param message - of an event `Unhealthy`.
 */
export function probeReason(
  message: string,
  container: string | undefined,
): HealthReason | undefined {
  const [, probe, found = ''] = PROBE.exec(message) ?? [];
  if (!probe) {
    return undefined;
  }
  const who = container ? `Container ${container}` : 'It';
  return {
    code: 'probe-failing',
    text: `${who} fails its ${probe.toLowerCase()} probe, ${
      CONSEQUENCES[probe]
    }: ${finding(found.trim())}`,
  };
}

function finding(found: string): string {
  const path = /(?:Get|Head) "?https?:\/\/[^\s/"]+(\/[^\s"?]*)/i.exec(
    found,
  )?.[1];
  const what = path && path !== '/' ? ` on ${path}` : '';
  const port = /:(\d+)(?:\/|: connect|"| |$)/.exec(found)?.[1];
  const status = /statuscode: (\d+)/.exec(found)?.[1];
  if (status) {
    return `it answers with HTTP status ${status}. Look at its logs.`;
  }
  if (/connection refused/.test(found)) {
    return `nothing listens on ${
      port ? `port ${port}` : 'the port of the probe'
    }. Check the port, and whether the server has started.`;
  }
  if (
    /deadline exceeded|i\/o timeout|timed out|timeout: |Client\.Timeout|no response/i.test(
      found,
    )
  ) {
    return `it does not answer${what} in time. It may need longer to start (a model that loads), more CPU, or a longer timeout of the probe.`;
  }
  if (/NOT_SERVING/.test(found)) {
    return 'its gRPC health service says NOT_SERVING. Look at its logs.';
  }
  if (
    /no such host|x509|malformed HTTP|server gave HTTP response/.test(found)
  ) {
    return `${asSentence(
      redactAddresses(found),
    )} Check scheme and port of the probe.`;
  }
  return found
    ? asSentence(redactAddresses(found).slice(0, 300))
    : 'the command of the probe fails. Look at its logs.';
}

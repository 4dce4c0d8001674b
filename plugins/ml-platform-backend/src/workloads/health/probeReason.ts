import type { HealthReason } from '@internal/plugin-ml-platform-common';
import { redactAddresses } from '@internal/plugin-ml-platform-node';
import { containerSubject } from './containerReason';
import type { PodContainer } from './podContainers';
import { asSentence, formatCount } from './formatting';

const PROBE =
  /^(Readiness|Liveness|Startup) probe (?:failed|errored(?: and resulted in \S+ state)?): ?([\s\S]*)$/;

/** Effect of each failing probe. */
const CONSEQUENCES: Record<string, string> = {
  Readiness: 'so it receives no traffic',
  Liveness: 'so it is restarted',
  Startup: 'so it is restarted',
};

/**
 * Reason from a failed probe; undefined when the message is not about a probe.
 *
 * @param message - of an `Unhealthy` event.
 * @param name - of the container that the event is about.
 * @param container - its status, if it is known.
 *
 * @see kubernetes/kubernetes v1.36 pkg/kubelet/prober/prober.go
 */
export function probeReason(
  message: string,
  name: string | undefined,
  container?: PodContainer,
): HealthReason | undefined {
  const [, probe, output = ''] = PROBE.exec(message) ?? [];
  if (!probe) {
    return undefined;
  }
  const subject = name
    ? containerSubject(name, container?.role ?? 'container')
    : 'A container';
  const restarts = container?.status.restartCount ?? 0;
  if (
    probe === 'Startup' &&
    container &&
    !container.status.started &&
    restarts === 0
  ) {
    // Below the failure threshold, each failure only says that the container is still starting.
    return {
      code: 'starting',
      text: `${subject} has not passed its startup probe yet: ${probeOutputText(
        output.trim(),
      )}`,
    };
  }
  const count =
    probe === 'Readiness' || restarts === 0
      ? ''
      : ` (${formatCount(restarts, 'restart', 'restarts')})`;
  return {
    code: 'probe-failing',
    text: `${subject} fails its ${probe.toLowerCase()} probe, ${
      CONSEQUENCES[probe]
    }${count}: ${probeOutputText(output.trim())}`,
  };
}

function probeOutputText(output: string): string {
  const path = /(?:Get|Head) "?https?:\/\/[^\s/"]+(\/[^\s"?]*)/i.exec(
    output,
  )?.[1];
  const target = path && path !== '/' ? ` on ${path}` : '';
  const port = /:(\d+)(?:\/|: connect|"| |$)/.exec(output)?.[1];
  const status = /statuscode: (\d+)/.exec(output)?.[1];
  if (status) {
    return `it responds with HTTP status ${status}. Check its logs.`;
  }
  if (/connection refused/.test(output)) {
    return `nothing listens on ${
      port ? `port ${port}` : 'the port of the probe'
    }. Check the port, and that the server has started.`;
  }
  if (
    /deadline exceeded|i\/o timeout|timed out|timeout: |Client\.Timeout|no response/i.test(
      output,
    )
  ) {
    return `it does not respond${target} in time. It may need more time to start (for example to load a model), more CPU, or a longer probe timeout.`;
  }
  if (/NOT_SERVING/.test(output)) {
    return 'its gRPC health service reports NOT_SERVING. Check its logs.';
  }
  if (
    /no such host|x509|malformed HTTP|server gave HTTP response/.test(output)
  ) {
    return `${asSentence(
      redactAddresses(output),
    )} Check the scheme and port of the probe.`;
  }
  return output
    ? asSentence(redactAddresses(output).slice(0, 300))
    : 'the probe command fails. Check its logs.';
}

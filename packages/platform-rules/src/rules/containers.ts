import { imageReferenceProblem } from '../images';
import type { Violation } from '../Violation';
import {
  environmentFromViolations,
  environmentViolations,
} from './environment';
import { duplicate, forbidden, invalid, oneOf, required } from './errors';
import type { Field } from './Field';
import {
  dnsLabel,
  formatted,
  portName,
  portNumber,
  requiredFormat,
} from './formats';
import { deviceViolations, mountViolations } from './mounts';
import { PROBES, lifecycleViolations, probeViolations } from './probes';
import { resourcesViolations } from './resources';
import { containerSecurityViolations } from './securityContexts';

export interface PodContext {
  /** Volumes that containers can mount, by name. */
  volumes: Map<string, Field>;
  /** Names in `resourceClaims`. */
  claimNames: string[];
  gracePeriod: number;
  /** True for a Pod object, to which stricter rules apply than to pod templates. */
  isPod: boolean;
}

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const RESTART_POLICIES = ['Always', 'Never', 'OnFailure'];

/** @see kubernetes `validateContainers` and `validateInitContainers` of `pkg/apis/core/validation` */
export function containersViolations(
  spec: Field,
  context: PodContext,
): Violation[] {
  const containers = spec.at('containers');
  const initContainers = spec.at('initContainers');
  if (containers.items.length === 0) {
    return [
      required(containers, '', {
        code: 'containers-empty',
        advice: `${containers.path}: containers is empty. A pod needs at least one.`,
      }),
    ];
  }
  const names = containers.items.map(container => container.at('name').text);
  return [
    ...containers.items.flatMap((container, index) =>
      withName(container, [
        ...containerViolations(container, context),
        ...uniqueName(container, names.slice(0, index)),
        ...lifecycleViolations(container.at('lifecycle'), context.gracePeriod),
        ...PROBES.flatMap(type => probeViolations(container, type)),
        ...oneOf(container.at('restartPolicy'), RESTART_POLICIES),
      ]),
    ),
    ...hostPortViolations(containers.items),
    ...initContainers.items.flatMap((container, index) =>
      withName(container, [
        ...containerViolations(container, context),
        ...oneOf(container.at('restartPolicy'), RESTART_POLICIES),
        ...uniqueName(container, [
          ...names,
          ...initContainers.items
            .slice(0, index)
            .map(other => other.at('name').text),
        ]),
        ...hostPortViolations([container]),
        ...initViolations(container, context),
      ]),
    ),
  ];
}

function withName(container: Field, violations: Violation[]): Violation[] {
  const name = container.at('name').text;
  return name
    ? violations.map(violation => ({
        ...violation,
        advice: `container ${name}: ${violation.advice
          .split(`${container.path}.`)
          .join('')}`,
      }))
    : violations;
}

function uniqueName(
  container: Field,
  others: (string | undefined)[],
): Violation[] {
  const name = container.at('name');
  return name.text && others.includes(name.text)
    ? [
        duplicate(name, {
          code: 'container-name-twice',
          advice: `two containers have the name ${name.text}. Rename one.`,
        }),
      ]
    : [];
}

function initViolations(container: Field, context: PodContext): Violation[] {
  if (container.at('restartPolicy').text === 'Always') {
    return [
      ...lifecycleViolations(container.at('lifecycle'), context.gracePeriod),
      ...PROBES.flatMap(type => probeViolations(container, type)),
    ];
  }
  return ['lifecycle', ...PROBES]
    .map(name => container.at(name))
    .filter(field => field.isSet)
    .map(field =>
      forbidden(
        field,
        'may not be set for init containers without restartPolicy=Always',
        {
          code: 'init-container-probe',
          advice: `${field.path}: an init container that ends has no probes and no lifecycle. Remove it, or set restartPolicy: Always for a sidecar.`,
        },
      ),
    );
}

function containerViolations(
  container: Field,
  { volumes, claimNames, isPod }: PodContext,
): Violation[] {
  return [
    ...requiredFormat(container.at('name'), dnsLabel),
    ...imageViolations(container.at('image'), isPod),
    ...oneOf(container.at('terminationMessagePolicy'), [
      'File',
      'FallbackToLogsOnError',
    ]),
    ...portViolations(container.at('ports')),
    ...environmentViolations(container),
    ...environmentFromViolations(container),
    ...mountViolations(container, volumes),
    ...deviceViolations(container, volumes),
    ...oneOf(container.at('imagePullPolicy'), [
      'Always',
      'IfNotPresent',
      'Never',
    ]),
    ...resourcesViolations(container.at('resources'), claimNames),
    ...resizeViolations(container.at('resizePolicy')),
    ...containerSecurityViolations(container.at('securityContext')),
  ];
}

function imageViolations(image: Field, isPod: boolean): Violation[] {
  if (!image.text) {
    return [
      required(image, '', {
        code: 'image-missing',
        advice: 'image is missing.',
      }),
    ];
  }
  const problem = imageReferenceProblem(image.text);
  if (!problem) {
    return [];
  }
  const advice = `the image ${JSON.stringify(image.text)} ${problem}`;
  return [
    isPod && image.text !== image.text.trim()
      ? invalid(image, 'must not have leading or trailing whitespace', {
          code: 'image-reference',
          advice,
        })
      : // The API server accepts templates with any image, and no node can pull it.
        { code: 'image-reference', advice },
  ];
}

function portViolations(ports: Field): Violation[] {
  return ports.items.flatMap((port, index) => {
    const name = port.at('name');
    const problems = name.text ? formatted(name, portName, 'port-name') : [];
    const isTwice =
      name.text !== undefined &&
      ports.items
        .slice(0, index)
        .some(other => other.at('name').text === name.text);
    return [
      ...problems,
      ...(problems.length === 0 && name.text && isTwice
        ? [duplicate(name)]
        : []),
      ...(port.at('containerPort').number
        ? portNumber(port.at('containerPort'))
        : [
            required(port.at('containerPort'), '', {
              code: 'port-number',
              advice: `${
                port.at('containerPort').path
              } is not a port (1 to 65535).`,
            }),
          ]),
      ...(port.at('hostPort').number ? portNumber(port.at('hostPort')) : []),
      ...oneOf(port.at('protocol'), PROTOCOLS),
    ];
  });
}

function hostPortViolations(containers: Field[]): Violation[] {
  const seen = new Set<string>();
  return containers
    .flatMap(container => container.at('ports').items)
    .flatMap(port => {
      const hostPort = port.at('hostPort');
      const key = `${port.at('protocol').text ?? 'TCP'}/${
        port.at('hostIP').text ?? ''
      }/${hostPort.number}`;
      const isTwice = Boolean(hostPort.number) && seen.has(key);
      seen.add(key);
      return isTwice ? [duplicate(hostPort.withValue(key))] : [];
    });
}

function resizeViolations(policies: Field): Violation[] {
  return policies.items.flatMap((policy, index) => {
    const resource = policy.at('resourceName');
    const isTwice = policies.items
      .slice(0, index)
      .some(other => other.at('resourceName').text === resource.text);
    return [
      ...(isTwice ? [duplicate(resource.named(policy.path))] : []),
      ...oneOf(resource.named(policies.path), ['cpu', 'memory']),
      ...oneOf(policy.at('restartPolicy').named(policies.path), [
        'NotRequired',
        'RestartContainer',
      ]),
    ];
  });
}

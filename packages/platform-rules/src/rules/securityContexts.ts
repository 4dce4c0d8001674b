import type { Violation } from '../Violation';
import { duplicate, invalid, OMITTED, oneOf, required } from './errors';
import type { Field } from './Field';
import { relativePath } from './paths';

const PROFILE_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const MAX_ID = 2 ** 31 - 1;
const SYSCTL =
  '([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?';

/** @see kubernetes `ValidateSecurityContext` of `pkg/apis/core/validation` */
export function containerSecurityViolations(context: Field): Violation[] {
  const withoutEscalation =
    context.at('allowPrivilegeEscalation').value === false;
  const conflict = (words: string, advice: string): Violation => ({
    code: 'privilege-escalation',
    advice: `${context.path}: ${advice}`,
    server: {
      phase: 'validation',
      text: `${context.path}: Invalid value: ${OMITTED}: ${words}`,
    },
  });
  return [
    ...userViolations(context, ['runAsUser', 'runAsGroup']),
    ...oneOf(context.at('procMount'), ['Default', 'Unmasked']),
    ...profileViolations(context.at('seccompProfile'), 'seccomp'),
    ...(withoutEscalation && context.at('privileged').isTrue
      ? [
          conflict(
            'cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
            'a privileged container can always escalate. Remove privileged.',
          ),
        ]
      : []),
    ...(withoutEscalation &&
    context.at('capabilities', 'add').texts.includes('CAP_SYS_ADMIN')
      ? [
          conflict(
            'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN',
            'CAP_SYS_ADMIN can always escalate. Remove it.',
          ),
        ]
      : []),
    ...profileViolations(context.at('appArmorProfile'), 'AppArmor'),
  ];
}

/** @see kubernetes `validatePodSpecSecurityContext` of `pkg/apis/core/validation` */
export function podSecurityViolations(spec: Field): Violation[] {
  const context = spec.at('securityContext');
  const groups = context.at('supplementalGroups');
  return [
    ...userViolations(context, ['fsGroup', 'runAsUser', 'runAsGroup']),
    ...groups.items.flatMap(idViolations),
    ...(spec.at('shareProcessNamespace').isTrue && spec.at('hostPID').isTrue
      ? [
          invalid(
            context.at('shareProcessNamespace').withValue(true),
            'ShareProcessNamespace and HostPID cannot both be enabled',
          ),
        ]
      : []),
    ...sysctlViolations(context.at('sysctls')),
    ...oneOf(context.at('fsGroupChangePolicy'), ['Always', 'OnRootMismatch']),
    ...profileViolations(context.at('seccompProfile'), 'seccomp'),
    ...profileViolations(context.at('appArmorProfile'), 'AppArmor'),
    ...oneOf(context.at('supplementalGroupsPolicy'), ['Merge', 'Strict']),
    ...oneOf(context.at('seLinuxChangePolicy'), ['MountOption', 'Recursive']),
  ];
}

function userViolations(context: Field, names: string[]): Violation[] {
  return names.flatMap(name => idViolations(context.at(name)));
}

function idViolations(id: Field): Violation[] {
  return id.number !== undefined && (id.number < 0 || id.number > MAX_ID)
    ? [invalid(id, `must be between 0 and ${MAX_ID}, inclusive`)]
    : [];
}

function profileViolations(
  profile: Field,
  name: 'AppArmor' | 'seccomp',
): Violation[] {
  const type = profile.at('type');
  const file = profile.at('localhostProfile');
  if (!profile.isSet) {
    return [];
  }
  if (!type.text) {
    return [
      required(
        type,
        `type is required when ${
          name === 'seccomp' ? 'seccompProfile' : 'appArmorProfile'
        } is set`,
      ),
    ];
  }
  const onlyLocalhost = `can only be set when ${
    name === 'seccomp' ? 'seccomp' : 'AppArmor'
  } type is Localhost`;
  if (type.text !== 'Localhost') {
    return [
      ...oneOf(type, PROFILE_TYPES),
      ...(file.isSet
        ? [
            invalid(
              name === 'seccomp'
                ? file.withValue({
                    Type: type.text,
                    LocalhostProfile: file.value,
                  })
                : file,
              onlyLocalhost,
            ),
          ]
        : []),
    ];
  }
  return file.text
    ? relativePath(file)
    : [required(file, `must be set when ${name} type is Localhost`)];
}

function sysctlViolations(sysctls: Field): Violation[] {
  return sysctls.items.flatMap((sysctl, index) => {
    const name = sysctl.at('name');
    if (!name.text) {
      return [required(name)];
    }
    const isTwice = sysctls.items
      .slice(0, index)
      .some(other => other.at('name').text === name.text);
    return [
      ...(new RegExp(`^${SYSCTL}$`).test(name.text) && name.text.length <= 253
        ? []
        : [
            invalid(
              name,
              `must have at most 253 characters and match regex ^${SYSCTL}$`,
            ),
          ]),
      ...(isTwice ? [duplicate(name)] : []),
    ];
  });
}

import type { Violation } from '../Violation';
import { forbidden, invalid, notFound, oneOf, required } from './errors';
import type { Field } from './Field';
import { noBacksteps, relativePath } from './paths';

export function mountViolations(
  container: Field,
  volumes: Map<string, Field>,
): Violation[] {
  const list = container.at('volumeMounts');
  const devices = container.at('volumeDevices').items;
  return list.items.flatMap((mount, index) => {
    const name = mount.at('name').or('');
    const path = mount.at('mountPath').or('');
    const before = list.items.slice(0, index);
    return [
      ...(name.text ? [] : [required(name)]),
      ...(volumes.has(name.text ?? '')
        ? []
        : [
            notFound(name, '', {
              code: 'volume-not-found',
              advice: `volumeMounts names the volume ${name.text}, which does not exist or is not valid. Add it to volumes.`,
            }),
          ]),
      ...(path.text ? [] : [required(path)]),
      ...(before.some(other => other.at('mountPath').text === path.text)
        ? [
            invalid(path, 'must be unique', {
              code: 'mount-path-twice',
              advice: `two volumes are mounted at ${path.text}. Change one mountPath.`,
            }),
          ]
        : []),
      ...(devices.some(device => device.at('name').text === name.text)
        ? [invalid(name, 'must not already exist in volumeDevices')]
        : []),
      ...(devices.some(device => device.at('devicePath').text === path.text)
        ? [invalid(path, 'must not already exist as a path in volumeDevices')]
        : []),
      ...relativePath(mount.at('subPath').named(`${list.path}.subPath`)),
      ...(mount.at('subPath').text && mount.at('subPathExpr').text
        ? [
            invalid(
              mount.at('subPathExpr'),
              'subPathExpr and subPath are mutually exclusive',
            ),
          ]
        : []),
      ...relativePath(
        mount.at('subPathExpr').named(`${list.path}.subPathExpr`),
      ),
      ...propagationViolations(container, mount, list),
    ];
  });
}

function propagationViolations(
  container: Field,
  mount: Field,
  list: Field,
): Violation[] {
  const propagation = mount
    .at('mountPropagation')
    .named(`${list.path}.mountPropagation`);
  const recursive = mount
    .at('recursiveReadOnly')
    .named(`${list.path}.recursiveReadOnly`);
  const isRecursive = ['Enabled', 'IfPossible'].includes(recursive.text ?? '');
  return [
    ...oneOf(propagation, ['Bidirectional', 'HostToContainer', 'None']),
    ...(propagation.text === 'Bidirectional' &&
    !container.at('securityContext', 'privileged').isTrue
      ? [
          forbidden(
            propagation,
            'Bidirectional mount propagation is available only to privileged containers',
          ),
        ]
      : []),
    ...oneOf(recursive, ['Disabled', 'Enabled', 'IfPossible']),
    ...(isRecursive && !mount.at('readOnly').isTrue
      ? [forbidden(recursive, 'may only be specified when readOnly is true')]
      : []),
  ];
}

export function deviceViolations(
  container: Field,
  volumes: Map<string, Field>,
): Violation[] {
  const mounts = container.at('volumeMounts').items;
  const list = container.at('volumeDevices');
  return list.items.flatMap((device, index) => {
    const name = device.at('name').or('');
    const path = device.at('devicePath').or('');
    const before = list.items.slice(0, index);
    const volume = volumes.get(name.text ?? '');
    const isClaim =
      volume?.at('persistentVolumeClaim').isSet ||
      volume?.at('ephemeral').isSet;
    return [
      ...(name.text ? [] : [required(name)]),
      ...(before.some(other => other.at('name').text === name.text)
        ? [invalid(name, 'must be unique')]
        : []),
      ...(volume && !isClaim
        ? [
            invalid(
              name,
              'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
            ),
          ]
        : []),
      ...(volume ? [] : [notFound(name)]),
      ...(path.text ? [] : [required(path)]),
      ...(before.some(other => other.at('devicePath').text === path.text)
        ? [invalid(path, 'must be unique')]
        : []),
      ...noBacksteps(path),
      ...(mounts.some(mount => mount.at('name').text === name.text)
        ? [invalid(name, 'must not already exist in volumeMounts')]
        : []),
      ...(mounts.some(mount => mount.at('mountPath').text === path.text)
        ? [invalid(path, 'must not already exist as a path in volumeMounts')]
        : []),
    ];
  });
}

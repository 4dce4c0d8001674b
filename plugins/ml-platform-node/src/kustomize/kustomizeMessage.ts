const MAX_MESSAGE_LENGTH = 2_000;
/** A message can repeat a patch or a name, which a team writes as long as it likes. */
const MAX_READ_LENGTH = 20_000;

/**
 * Header of a klog line, `E1128 10:15:02.000826   20838 run.go:72] `. Some builds of kubectl report their errors through it.
 *
 * @see k8s.io/component-base v0.32 cli/run.go, k8s.io/klog v2 textlogger
 */
const KLOG = /^([EFIW])\d{4} [\d:.]+ +\d+ [^ ]+:\d+\] (.*)$/;
/** `err="…"`, quoted as by Go's strconv. */
const KLOG_ERROR = / err=("(?:[^"\\]|\\.)*")/;
/** Where a kustomization loads another, Kustomize first says that it is no file. */
const ATTEMPT =
  /accumulation err='.*?': recursed accumulation of path '([^']*)': /g;
const NO_MATCH = /no matches for Id (\w+)\.(\w+)\.([\w.[\]]+)\/([a-z0-9-]+)/;

/**
 * Kustomize's own message from the standard error of `kubectl kustomize`, whatever the version of kubectl.
 *
 * @param root - the absolute path that paths become relative to
 */
export function kustomizeMessage(stderr: string, root: string): string {
  const message =
    stderr
      .split('\n')
      .flatMap(messageOf)
      .join('\n')
      .trim()
      .replaceAll(`${root}/`, '')
      .replaceAll(root, '.')
      .slice(0, MAX_READ_LENGTH)
      .replace(ATTEMPT, 'in $1: ')
      .slice(0, MAX_MESSAGE_LENGTH) ||
    'Kustomize cannot build this, and does not say why.';
  const target = NO_MATCH.exec(message);
  if (!target) {
    return message;
  }
  const [, kind, version, group, name] = target;
  const apiVersion = group === '[noGrp]' ? version : `${group}/${version}`;
  return `A patch targets ${kind} ${name} (${apiVersion}), but no resource matches. Compare apiVersion, kind and name of the patch with those of the resource. (Kustomize: ${message})`;
}

function messageOf(line: string): string[] {
  const [, severity, text] = KLOG.exec(line) ?? [];
  if (severity === undefined) {
    return line.startsWith('# Warning:') ? [] : [line.replace(/^error: /, '')];
  }
  if (severity === 'I' || severity === 'W') {
    return [];
  }
  const quoted = KLOG_ERROR.exec(text)?.[1];
  return [quoted === undefined ? text : unquoted(quoted)];
}

/** Go escapes control characters in ways that JSON does not know; then the text stays as it is. */
function unquoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}

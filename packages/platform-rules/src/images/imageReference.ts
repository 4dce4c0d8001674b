/** A container image reference, as container runtimes parse it. */
export interface ImageReference {
  /** Host of the registry with its port; `docker.io` when the reference names none. */
  registry: string;
  /** Path in the registry, for example `acme/scorer`, or `library/busybox`. */
  repository: string;
  tag?: string;
  /** For example `sha256:…`. */
  digest?: string;
}

// Grammar of github.com/distribution/reference v0.6.0, `regexp.go`.
const LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = new RegExp(
  `^(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`,
);
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const TAG = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const DIGEST =
  '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[a-fA-F0-9]{32,}';
const REMAINDER = new RegExp(
  `^(${COMPONENT}(?:/${COMPONENT})*)(?::(${TAG}))?(?:@(${DIGEST}))?$`,
);
/** Digests by algorithm (github.com/opencontainers/go-digest). */
const DIGESTS = [
  /^sha256:[a-f0-9]{64}$/,
  /^sha384:[a-f0-9]{96}$/,
  /^sha512:[a-f0-9]{128}$/,
];
const MAX_REPOSITORY_LENGTH = 255;
/** Longer texts are refused unread: the grammar has nested repetitions. */
const MAX_LENGTH = 1024;

/**
 * Parses an image reference as Docker, containerd and the kubelet do.
 *
 * @returns undefined when no container runtime could pull it.
 *
 * @see github.com/distribution/reference v0.6.0 `ParseNormalizedNamed`
 */
export function parseImageReference(image: string): ImageReference | undefined {
  // 64 hexadecimal digits are the identifier of a local image.
  if (image.length > MAX_LENGTH || /^[a-f0-9]{64}$/.test(image)) {
    return undefined;
  }
  const [registry, remainder] = splitRegistry(image);
  const [, repository, tag, digest] = REMAINDER.exec(remainder) ?? [];
  const isValid =
    DOMAIN.test(registry) &&
    repository !== undefined &&
    repository.length <= MAX_REPOSITORY_LENGTH &&
    (digest === undefined || DIGESTS.some(pattern => pattern.test(digest)));
  return isValid
    ? {
        registry,
        repository,
        ...(tag !== undefined && { tag }),
        ...(digest !== undefined && { digest }),
      }
    : undefined;
}

/**
 * Describes why an image reference does not parse, as text to follow the image.
 *
 * @returns undefined for a valid reference.
 */
export function imageReferenceProblem(image: string): string | undefined {
  if (parseImageReference(image)) {
    return undefined;
  }
  if (image !== image.trim()) {
    return 'starts or ends with a space or line break. Remove it.';
  }
  const name = splitRegistry(image)[1].split(/[:@]/)[0];
  if (name !== name.toLowerCase()) {
    return 'has capital letters in its name. Names of images have lower-case letters only.';
  }
  return 'is not an image reference. Write registry/name:tag, for example ghcr.io/acme/fraud-scorer:1.4.2.';
}

function splitRegistry(image: string): [registry: string, remainder: string] {
  const slash = image.indexOf('/');
  const first = image.slice(0, Math.max(slash, 0));
  const isRegistry =
    first === 'localhost' ||
    /[.:]/.test(first) ||
    first !== first.toLowerCase();
  const [registry, remainder] =
    slash >= 0 && isRegistry
      ? [first, image.slice(slash + 1)]
      : ['docker.io', image];
  if (registry !== 'docker.io' && registry !== 'index.docker.io') {
    return [registry, remainder];
  }
  return [
    'docker.io',
    remainder.includes('/') ? remainder : `library/${remainder}`,
  ];
}

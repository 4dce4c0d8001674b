const DIGEST = /sha256:[0-9a-f]{64}$/;

/** Expands an image reference, so that `python:3.12` and `docker.io/library/python:3.12` are one image. */
export function fullImageName(image: string): string {
  const [first, ...rest] = image.split('/');
  const hasRegistry =
    rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const registry = hasRegistry ? first : 'docker.io';
  const path = hasRegistry ? rest.join('/') : image;
  const isDockerHub =
    registry === 'docker.io' || registry === 'index.docker.io';
  const repository =
    isDockerHub && !path.includes('/') ? `library/${path}` : path;
  return `${isDockerHub ? 'docker.io' : registry}/${repository}`;
}

/** Returns the digest (`sha256:…`) at the end of an image reference, or of the image ID that a node reports. */
export function digestIn(reference: unknown): string | undefined {
  return typeof reference === 'string'
    ? DIGEST.exec(reference)?.[0]
    : undefined;
}

/** Names that a report can have for a pod's image: trivy-operator drops the tag beside a digest. */
export function reportedNames(image: string): string[] {
  const [name, digest] = fullImageName(image).split('@');
  const hasTag = /:[^/]+$/.test(name);
  if (!digest) {
    return [hasTag ? name : `${name}:latest`];
  }
  return [name, `${name.replace(/:[^/]+$/, '')}@${digest}`];
}

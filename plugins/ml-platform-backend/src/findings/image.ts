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

/** Adds the tag that container runtimes assume: `python` is `python:latest`. */
export function withTag(image: string): string {
  return /[:@][^/]+$/.test(image) ? image : `${image}:latest`;
}

/** Names that a report can have for a pod's image: trivy-operator drops the tag beside a digest. */
export function reportedNames(image: string): string[] {
  const [name, digest] = fullImageName(image).split('@');
  if (!digest) {
    return [withTag(name)];
  }
  return [name, `${name.replace(/:[^/]+$/, '')}@${digest}`];
}

/** Image name and tag without registry and path, which all images of a team share. */
export function formatImage(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1).replace(/@sha256:.*/, '');
}

/** The tag of an image, or the start of its digest: what tells versions of one workload apart. */
export function formatVersion(image: string): string {
  const name = formatImage(image);
  const tag = name.includes(':') ? name.slice(name.indexOf(':') + 1) : '';
  const [, digest] = image.split('@sha256:');
  return tag || digest?.slice(0, 12) || name;
}

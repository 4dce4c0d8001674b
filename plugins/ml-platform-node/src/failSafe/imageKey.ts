import { parseImageReference } from '@internal/platform-rules/images';

/** An image as the policy compares it: its digest, or else its full name with the tag. @returns undefined for what is no reference */
export function imageKey(image: string): string | undefined {
  const reference = parseImageReference(image);
  if (!reference) {
    return undefined;
  }
  const { registry, repository, tag, digest } = reference;
  return digest ?? `${registry}/${repository}:${tag ?? 'latest'}`;
}

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const dataFile = require.resolve('../../data/registry.yaml');

const tagsByRepository = new Map(
  Object.entries(
    z
      .record(z.string(), z.array(z.string()))
      .parse(parse(readFileSync(dataFile, 'utf8'))),
  ),
);

/** Name, tag and digest of the reference grammar, without a domain. */
const REFERENCE =
  /^([a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)(?::(\w[\w.-]{0,127}))?(@[a-z0-9]+:[0-9a-f]{32,})?$/;

/** Reason and message of an image that the kubelet cannot pull. */
interface ImageProblem {
  reason: 'InvalidImageName' | 'ErrImagePull';
  message: string;
}

/**
 * Finds out why an image cannot be pulled; undefined when it can.
 *
 * @see kubernetes/kubernetes v1.36 pkg/kubelet/images/image_manager.go; the message of `ErrImagePull` is containerd's.
 */
export function imageProblem(image: string): ImageProblem | undefined {
  const { domain, rest } = splitDomain(image);
  const [, path, tag = 'latest', digest] = REFERENCE.exec(rest) ?? [];
  if (!path) {
    const isUpperCase = REFERENCE.test(rest.toLowerCase());
    const cause = isUpperCase
      ? `: repository name (${rest.replace(/[:@].*$/, '')}) must be lowercase`
      : '';
    return {
      reason: 'InvalidImageName',
      message: `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format${cause}`,
    };
  }
  const tags = tagsByRepository.get(`${domain}/${path}`);
  if (!tags || digest || tags.includes(tag)) {
    return undefined;
  }
  const reference = `${domain}/${path}:${tag}`;
  return {
    reason: 'ErrImagePull',
    message: `rpc error: code = NotFound desc = failed to pull and unpack image "${reference}": failed to resolve reference "${reference}": ${reference}: not found`,
  };
}

/** Splits a reference, whose domain is docker.io when it has none. */
function splitDomain(image: string): { domain: string; rest: string } {
  const slash = image.indexOf('/');
  const first = image.slice(0, Math.max(slash, 0));
  if (/[.:]/.test(first) || first === 'localhost') {
    return { domain: first, rest: image.slice(slash + 1) };
  }
  return {
    domain: 'docker.io',
    rest: slash < 0 ? `library/${image}` : image,
  };
}

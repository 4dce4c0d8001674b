import { imageReferenceProblem, parseImageReference } from './imageReference';

const digest = `sha256:${'a'.repeat(64)}`;

it.each([
  ['busybox', 'docker.io', 'library/busybox', undefined, undefined],
  ['busybox:1.37', 'docker.io', 'library/busybox', '1.37', undefined],
  ['acme/x', 'docker.io', 'acme/x', undefined, undefined],
  ['ghcr.io/acme/x:1.0', 'ghcr.io', 'acme/x', '1.0', undefined],
  ['localhost/x:1', 'localhost', 'x', '1', undefined],
  ['registry:5000/x:1', 'registry:5000', 'x', '1', undefined],
  ['[::1]:5000/x', '[::1]:5000', 'x', undefined, undefined],
  ['GHCR.io/acme/x:1', 'GHCR.io', 'acme/x', '1', undefined],
  ['Ghcr/acme/x:1', 'Ghcr', 'acme/x', '1', undefined],
  ['a__b/c---d.e_f:1', 'docker.io', 'a__b/c---d.e_f', '1', undefined],
  [`ghcr.io/acme/x:1@${digest}`, 'ghcr.io', 'acme/x', '1', digest],
  ['ghcr.io/acme/x:Beta_1.0-rc', 'ghcr.io', 'acme/x', 'Beta_1.0-rc', undefined],
])('parses %s', (image, registry, repository, tag, hash) => {
  expect(parseImageReference(image)).toEqual({
    registry,
    repository,
    ...(tag && { tag }),
    ...(hash && { digest: hash }),
  });
  expect(imageReferenceProblem(image)).toBeUndefined();
});

it.each([
  ['', 'is not an image reference'],
  ['ghcr.io//acme/x:1.0', 'is not an image reference'],
  ['app:1.0:2.0', 'is not an image reference'],
  ['ghcr.io/acme/-x:1', 'is not an image reference'],
  ['ghcr.io/acme/x-:1', 'is not an image reference'],
  ['ghcr.io/acme/x..y:1', 'is not an image reference'],
  ['ghcr.io/acme/x___y:1', 'is not an image reference'],
  ['ghcr.io/acme/x:', 'is not an image reference'],
  ['ghcr.io/acme/x:-1', 'is not an image reference'],
  [`ghcr.io/acme/x:${'1'.repeat(129)}`, 'is not an image reference'],
  ['ghcr.io/acme/x@sha256:abc', 'is not an image reference'],
  [`ghcr.io/acme/x@sha256:${'A'.repeat(64)}`, 'is not an image reference'],
  [`ghcr.io/acme/x@md5:${'a'.repeat(32)}`, 'is not an image reference'],
  ['a'.repeat(64), 'is not an image reference'],
  [`ghcr.io/${'a/'.repeat(128)}a`, 'is not an image reference'],
  [`ghcr.io/${'a'.repeat(100_000)}`, 'is not an image reference'],
  ['https://ghcr.io/acme/x:1', 'is not an image reference'],
  ['ghcr.io:port/x', 'is not an image reference'],
  ['a\r\nb: c', 'is not an image reference'],
  ['ghcr.io/Acme/Scorer:1.0', 'has capital letters'],
  ['Scorer:1.0', 'has capital letters'],
  ['ghcr.io/acme/x:1.0 ', 'starts or ends with a space'],
  ['ghcr.io/acme/x:1.0\n', 'starts or ends with a space'],
])('refuses %j', (image, problem) => {
  expect(parseImageReference(image)).toBeUndefined();
  expect(imageReferenceProblem(image)).toContain(problem);
});

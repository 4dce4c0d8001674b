import type { Module } from './readModule';

/** Allowed arguments of the S3 backend. Terraform itself checks them only against a real bucket. */
const BACKEND_ARGUMENTS = ['encrypt', 'key', 'use_lockfile'];

/** Checks that only roots have backends and providers: modules with them could not be reused. */
export function layerProblems(path: string, module: Module): string[] {
  const isRoot = path.startsWith('compositions/');
  if (!isRoot) {
    return [
      ...(module.backend ? ['Remove the backend: only roots have one.'] : []),
      ...(module.providers.length
        ? ['Remove the provider block: only roots have one.']
        : []),
    ];
  }
  return [
    ...['backend.tf', 'providers.tf', 'versions.tf']
      .filter(file => !module.files.includes(file))
      .map(file => `Add ${file}: every root needs one.`),
    ...backendProblems(path, module),
  ];
}

function backendProblems(path: string, { backend }: Module): string[] {
  if (!backend || 'local' in backend) {
    return path.endsWith('/kind')
      ? []
      : ['Keep the state in the S3 backend: others have to find it.'];
  }
  const s3 = backend.s3 ?? {};
  const problems = Object.keys(s3)
    .filter(name => !BACKEND_ARGUMENTS.includes(name))
    .map(
      name =>
        `The S3 backend has no argument "${name}" here; it has ${BACKEND_ARGUMENTS.join(
          ', ',
        )}. Terraform does not check it.`,
    );
  if (s3.use_lockfile !== true) {
    problems.push(
      'Set `use_lockfile = true` in the backend: without it concurrent runs can corrupt the state.',
    );
  }
  if (s3.encrypt !== true) {
    problems.push('Set `encrypt = true` in the backend.');
  }
  const [, team] = /^compositions\/(teams\/[^/]+\/[^/]+)$/.exec(path) ?? [];
  const expected = team && `${team}/terraform.tfstate`;
  if (expected && s3.key !== expected) {
    problems.push(
      `Set \`key = "${expected}"\` in the backend: each root has its own state.`,
    );
  }
  return problems;
}

import { InputError } from '@backstage/errors';

/**
 * Path of a repository on its forge, for example `acme/platform`, without `.git`.
 *
 * @throws InputError when the URL does not have the form.
 */
export function repositoryPath(options: {
  /** `mlPlatform.repository.url`. */
  repositoryUrl: string;
  /** Address of the forge, without a slash at the end. */
  baseUrl: string;
  pattern: RegExp;
  /** The form of the URL, for people. */
  form: string;
}): string {
  const { repositoryUrl, baseUrl, pattern, form } = options;
  const path = repositoryUrl.startsWith(`${baseUrl}/`)
    ? repositoryUrl
        .slice(baseUrl.length + 1)
        .replace(/\/$/, '')
        .replace(/\.git$/, '')
    : '';
  if (!pattern.test(path)) {
    throw new InputError(`mlPlatform.repository.url: must be ${form}`);
  }
  return path;
}

/** Web page of a file or directory; `prefix` is the address of the repository's files. */
export function fileAddress(
  prefix: string,
  { branch, path }: { branch: string; path: string },
): string {
  const segments = [branch, path].join('/').split('/').map(encodeURIComponent);
  return `${prefix}/${segments.join('/')}`;
}

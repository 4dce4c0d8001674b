import type { Forge } from '../Forge';

/** Returns the web URL of the repository. */
export function webUrl(forge: Forge): string {
  return `${forge.rootUrl}/${forge.fullName}`;
}

/** Returns the URL of the repository in the REST API. */
export function apiUrl(forge: Forge): string {
  return `${forge.rootUrl}/api/v1/repos/${forge.fullName}`;
}

/** Encodes the segments of a path for a URL. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  parseLocationRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  serializeDirectoryContents,
  type ScaffolderService,
} from '@backstage/plugin-scaffolder-node';

/** Files beside a template's `template.yaml`, as the scaffolder's dry run takes them. */
export type DirectoryContents = Parameters<
  ScaffolderService['dryRun']
>[0]['directoryContents'];

interface TemplateContentsOptions {
  integrations: ScmIntegrationRegistry;
  urlReader: UrlReaderService;
}

/** Reads the files of templates. Files are cached until the ETag of their repository changes. */
export class TemplateContents {
  readonly #options: TemplateContentsOptions;
  readonly #cache = new Map<
    string,
    { url: string; etag: string; contents: DirectoryContents }
  >();

  constructor(options: TemplateContentsOptions) {
    this.#options = options;
  }

  /** @throws ServiceUnavailableError when the template's repository cannot be read. */
  async read(template: Entity): Promise<DirectoryContents> {
    try {
      const { type, target } = parseLocationRef(locationOf(template));
      return type === 'file'
        ? await readDirectory(target)
        : await this.#readUrl(stringifyEntityRef(template), target);
    } catch (error) {
      throw new ServiceUnavailableError(
        `The files of the template ${template.metadata.name} cannot be read. Try again in a minute, and contact the platform team if this persists.`,
        error,
      );
    }
  }

  async #readUrl(ref: string, base: string): Promise<DirectoryContents> {
    const { integrations, urlReader } = this.#options;
    const url = integrations.resolveUrl({ url: '.', base });
    const cached = this.#cache.get(ref);
    const etag = cached?.url === url ? cached.etag : undefined;
    try {
      const tree = await urlReader.readTree(url, { etag });
      const files = await tree.files();
      const contents = await Promise.all(
        files.map(async file => ({
          path: file.path,
          base64Content: (await file.content()).toString('base64'),
        })),
      );
      this.#cache.set(ref, { url, etag: tree.etag, contents });
      return contents;
    } catch (error) {
      if (
        cached &&
        error instanceof Error &&
        error.name === 'NotModifiedError'
      ) {
        return cached.contents;
      }
      throw error;
    }
  }
}

async function readDirectory(target: string): Promise<DirectoryContents> {
  const path = target.startsWith('file:') ? fileURLToPath(target) : target;
  const files = await serializeDirectoryContents(dirname(path));
  return files.map(({ path: name, content }) => ({
    path: name,
    base64Content: content.toString('base64'),
  }));
}

function locationOf({ metadata: { annotations = {} } }: Entity): string {
  return (
    annotations[ANNOTATION_SOURCE_LOCATION] ?? annotations[ANNOTATION_LOCATION]
  );
}

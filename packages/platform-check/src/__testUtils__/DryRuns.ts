import type { ApiServer } from '@internal/real-platform';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string().regex(/(?<!List)$/),
  metadata: z.looseObject({
    name: z.string().min(1),
    namespace: z.string().optional(),
  }),
});

const resourcesSchema = z.looseObject({
  resources: z.array(
    z.looseObject({
      name: z.string(),
      kind: z.string(),
      namespaced: z.boolean(),
    }),
  ),
});

type Resources = z.infer<typeof resourcesSchema>['resources'];

/** Server-side apply of single objects as a dry run with strict validation, as `kubectl apply --server-side --dry-run=server` sends it. */
export class DryRuns {
  readonly #server: ApiServer;
  readonly #url: string;
  readonly #resources = new Map<string, Promise<Resources>>();

  /** @param url - address of the API server. */
  constructor(server: ApiServer, url: string) {
    this.#server = server;
    this.#url = url;
  }

  /**
   * The API server's error, empty if it accepts the object. Undefined for texts that kubectl itself has a say in: several objects, no
   * object at all, an unknown kind.
   */
  async rejectionOf(text: string): Promise<string | undefined> {
    const documents = parseAllDocuments(text);
    const object = objectSchema.safeParse(documents[0]?.toJS());
    if (documents.length !== 1 || !object.success) {
      return undefined;
    }
    const path = await this.#pathOf(object.data);
    if (!path) {
      return undefined;
    }
    const { status, body } = await this.#send(
      'PATCH',
      `${path}?dryRun=All&fieldManager=kubectl&fieldValidation=Strict&force=true`,
      text,
    );
    if (status < 300) {
      return '';
    }
    // An unknown field of a server-side apply is a 500 in Kubernetes 1.36: "field not declared in schema".
    if (status === 429 || status > 500) {
      throw new Error(body);
    }
    return JSON.parse(body).message;
  }

  async #pathOf({
    apiVersion,
    kind,
    metadata,
  }: z.infer<typeof objectSchema>): Promise<string | undefined> {
    const root = `${apiVersion.includes('/') ? '/apis' : '/api'}/${apiVersion}`;
    let resources = this.#resources.get(root);
    if (!resources) {
      resources = this.#discover(root);
      this.#resources.set(root, resources);
    }
    const resource = (await resources).find(
      candidate => candidate.kind === kind && !candidate.name.includes('/'),
    );
    if (!resource) {
      return undefined;
    }
    const scope = resource.namespaced
      ? `/namespaces/${metadata.namespace ?? 'default'}`
      : '';
    return `${root}${scope}/${resource.name}/${metadata.name}`;
  }

  async #discover(root: string): Promise<Resources> {
    const { status, body } = await this.#send('GET', root);
    return status === 200
      ? resourcesSchema.parse(JSON.parse(body)).resources
      : [];
  }

  #send(
    method: string,
    path: string,
    body?: string,
  ): Promise<{ status: number; body: string }> {
    return this.#server.send(new URL(path, this.#url), {
      method,
      contentType: 'application/apply-patch+yaml',
      body,
    });
  }
}

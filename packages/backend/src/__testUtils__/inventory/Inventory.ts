import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FoundRoutes } from '../routeRecorder';
import { inCatalog } from '../inCatalog';
import { PLANTED, type SharedPortal } from '../SharedPortal';
import { Callers } from './Callers';
import { createExamples, type Examples } from './createExamples';
import { SigningKey } from './SigningKey';

/** The routes of a portal, every kind of caller, and things of app-ml-team that nobody else may read. */
export class Inventory {
  readonly url: string;
  readonly callers: Callers;
  readonly found: FoundRoutes;
  /** The key that the portal signs user tokens with. */
  readonly key: SigningKey;
  /** A key that the portal does not know. */
  readonly otherKey: SigningKey;
  readonly #examples: Examples;

  static async create({ portal, key }: SharedPortal): Promise<Inventory> {
    const directory = mkdtempSync(join(tmpdir(), 'other-key-'));
    const otherKey = new SigningKey(directory);
    await rm(directory, { recursive: true });
    await inCatalog(portal, [
      'template/default/ml-service',
      'component/default/ml-backend',
    ]);
    // The portal learns a user's groups at sign-in.
    for (const persona of ['ml-engineer', 'data-engineer']) {
      await portal.send(persona, 'get', '/api/ml-platform/platform');
    }
    const callers = new Callers({ url: portal.url, key, otherKey });
    return new Inventory({
      url: portal.url,
      callers,
      found: await portal.findRoutes(),
      key,
      otherKey,
      examples: await createExamples(callers, PLANTED.imageDigest),
    });
  }

  private constructor(options: {
    url: string;
    callers: Callers;
    found: FoundRoutes;
    key: SigningKey;
    otherKey: SigningKey;
    examples: Examples;
  }) {
    this.url = options.url;
    this.callers = options.callers;
    this.found = options.found;
    this.key = options.key;
    this.otherKey = options.otherKey;
    this.#examples = options.examples;
  }

  /** Texts that only app-ml-team may read, by name. */
  get canaries(): Record<string, string> {
    const { names, requestedName, description, logText } = this.#examples;
    return {
      pod: names.pod,
      log: logText,
      dashboard: PLANTED.dashboard,
      image: PLANTED.imageDigest,
      'task parameter': description,
      'requested name': requestedName,
      'training run': 'churn-training-20261120-1',
      vulnerability: 'CVE-2024-37052',
    };
  }

  /** Replaces `{pod}` and the like by the name of an example. */
  fill(text: string): string {
    return text.replace(/\{(\w+)\}/g, (_, name) => this.#examples.names[name]);
  }
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../json/parseJson';

/** The part of a forge's event that says what to read again. */
interface WebhookEvent {
  /** A pull request. */
  number?: number;
  /** A commit whose checks changed. */
  commit?: string;
  /** A ref that was pushed, for example `refs/heads/main`. */
  ref?: string;
}

/** Signature and content of the events that a forge sends. */
export interface ForgeWebhook {
  /** Name of the header with the signature. */
  header: string;
  /** @param secret - without a secret, no signature is valid. */
  isSigned(
    body: Buffer,
    signature: string | undefined,
    secret: string | undefined,
  ): boolean;
  /** Empty for events of other kinds, and for what is no event. */
  read(body: string): WebhookEvent;
}

const commit = z.string();
const number = z.number().int().positive();

const giteaSchema = z
  .object({
    number: number.optional(),
    sha: commit.optional(),
    ref: z.string().optional(),
  })
  .catch({});

/** Gitea: HMAC-SHA256 of the raw body in lower-case hexadecimal. */
export const giteaWebhook: ForgeWebhook = {
  header: 'X-Gitea-Signature',
  isSigned: isHmac,
  read: body => {
    const { number: pull, sha, ref } = giteaSchema.parse(parseJson(body));
    return { number: pull, commit: sha, ref };
  },
};

const githubSchema = z
  .object({
    number: number.optional(),
    pull_request: z.object({ number }).optional(),
    sha: commit.optional(),
    check_run: z.object({ head_sha: commit }).optional(),
    ref: z.string().optional(),
  })
  .catch({});

/** GitHub: `sha256=` and the same HMAC; events `push`, `pull_request`, `pull_request_review`, `check_run` and `status`. */
export const githubWebhook: ForgeWebhook = {
  header: 'X-Hub-Signature-256',
  isSigned: (body, signature, secret) =>
    isHmac(body, /^sha256=(.*)$/.exec(signature ?? '')?.[1], secret),
  read: body => {
    const event = githubSchema.parse(parseJson(body));
    return {
      number: event.number ?? event.pull_request?.number,
      commit: event.sha ?? event.check_run?.head_sha,
      ref: event.ref,
    };
  },
};

const gitlabSchema = z
  .object({
    object_kind: z.string(),
    object_attributes: z
      .looseObject({ iid: number.optional(), sha: commit.optional() })
      .optional(),
    merge_request: z.object({ iid: number }).nullish(),
    sha: commit.optional(),
    ref: z.string().optional(),
  })
  .catch({ object_kind: '' });

/** GitLab: the secret itself; events `push`, `merge_request`, `note`, `pipeline` and `build`. */
export const gitlabWebhook: ForgeWebhook = {
  header: 'X-Gitlab-Token',
  isSigned: (_, token, secret) =>
    // Of hashes, since texts of different lengths cannot be compared in constant time.
    Boolean(secret && token) &&
    timingSafeEqual(hash(token ?? ''), hash(secret ?? '')),
  read: body => {
    const event = gitlabSchema.parse(parseJson(body));
    const attributes = event.object_attributes;
    return {
      number:
        event.object_kind === 'merge_request'
          ? attributes?.iid
          : event.merge_request?.iid,
      commit: event.object_kind === 'pipeline' ? attributes?.sha : event.sha,
      ref: event.object_kind === 'push' ? event.ref : undefined,
    };
  },
};

function isHmac(
  body: Buffer,
  signature: string | undefined,
  secret: string | undefined,
): boolean {
  if (!secret || !signature || !/^[0-9a-f]{64}$/.test(signature)) {
    return false;
  }
  return timingSafeEqual(
    Buffer.from(signature, 'hex'),
    createHmac('sha256', secret).update(body).digest(),
  );
}

function hash(text: string): Buffer {
  return createHmac('sha256', 'gitlab').update(text).digest();
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import { LRUCache } from 'lru-cache';
import { WRITE_TIMEOUT_MS } from '../../database/upsertRevisions';
import type { ChangeRequestRecord } from '../changeRequestRecord';
import type { ChangeRequestRecords } from '../ChangeRequestRecords';
import { dueNotices, type Notice } from './dueNotices';

const TABLE = 'request_notices';
const SCAN_INTERVAL_MS = 2_000;
/** Time after which a notice that could not be sent is tried again, for example where notifications are not installed. */
const RETRY_AFTER_MS = 60_000;
/** Longer than any notice is due. */
const KEEP_MS = 24 * 60 * 60_000;
const MAX_SENT = 10_000;

interface NoticeRow {
  repository: string;
  number: number;
  notice: string;
  sent_at: number;
}

export interface RequestNoticesOptions {
  database: Knex;
  logger: LoggerService;
  notifications: NotificationService;
  records: ChangeRequestRecords;
  repositoryUrl: string;
}

/** Tells requesters what became of their change requests: each event once, whichever replica sees it. */
export class RequestNotices {
  readonly #options: RequestNoticesOptions;
  readonly #stopping = new AbortController();
  /** Keys of rows that this replica knows of. */
  readonly #sent = new LRUCache<string, true>({ max: MAX_SENT });
  /** Keys of notices that could not be sent a moment ago. */
  readonly #failed = new LRUCache<string, true>({
    max: MAX_SENT,
    ttl: RETRY_AFTER_MS,
  });
  #loop: Promise<void> | undefined;

  constructor(options: RequestNoticesOptions) {
    this.#options = options;
  }

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#scan();
      await sleep(SCAN_INTERVAL_MS, undefined, { signal, ref: false }).catch(
        () => {},
      );
    }
  }

  /** One that cannot be sent, because of its text or its requester, keeps nobody else's back. */
  async #scan(): Promise<void> {
    const now = Date.now();
    const errors: unknown[] = [];
    const due = this.#options.records.all().flatMap(record => {
      const requester = requesterOf(record);
      return requester
        ? dueNotices(record, now).map(notice => ({ record, requester, notice }))
        : [];
    });
    for (const { record, requester, notice } of due) {
      const key = `${record.number} ${notice.id}`;
      const isDone = this.#sent.has(key) || this.#failed.has(key);
      if (!isDone && !this.#stopping.signal.aborted) {
        try {
          await this.#send(record.number, requester, notice);
          this.#sent.set(key, true);
        } catch (error) {
          this.#failed.set(key, true);
          errors.push(error);
        }
      }
    }
    if (errors.length > 0) {
      this.#options.logger.warn(
        `Failed to send ${errors.length} notices to requesters; trying again in a minute`,
        toError(errors[0]),
      );
    }
  }

  /** Claims the notice first, since another replica may be about to send it. */
  async #send(
    number: number,
    requester: string,
    { id, ...notice }: Notice,
  ): Promise<void> {
    const { database, notifications, repositoryUrl } = this.#options;
    const row = { repository: repositoryUrl, number, notice: id };
    const table = () => database<NoticeRow>(TABLE).timeout(WRITE_TIMEOUT_MS);
    await table()
      .where('sent_at', '<', Date.now() - KEEP_MS)
      .delete();
    const claimed = await table()
      .insert({ ...row, sent_at: Date.now() })
      .onConflict(['repository', 'number', 'notice'])
      .ignore()
      .returning('notice');
    if (claimed.length === 0) {
      return;
    }
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef: requester },
        payload: {
          ...notice,
          link: `/ml-platform/requests/${number}`,
          topic: 'change-requests',
          scope: `${repositoryUrl} ${number} ${id}`,
        },
      });
    } catch (error) {
      await table().where(row).delete();
      throw error;
    }
  }
}

/** Only a signed trailer says who asked for the change; services read no notifications. */
function requesterOf({ origin }: ChangeRequestRecord): string | undefined {
  return origin?.provenance === 'verified' &&
    origin.requester.startsWith('user:')
    ? origin.requester
    : undefined;
}

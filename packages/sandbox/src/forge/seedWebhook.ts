import { now, type ForgeState } from './ForgeState';

/** Who is told of what happens in the repository. */
export interface SeedWebhook {
  url: string;
  /** Signs what is sent. */
  secret: string;
}

const EVENTS = ['push', 'pull_request', 'pull_request_review', 'status'];

/** Makes the webhook, or brings the one with this address up to date. */
export function seedWebhook(
  state: ForgeState,
  { url, secret }: SeedWebhook,
): void {
  const hook = state.data.hooks.find(candidate => candidate.url === url);
  if (hook?.secret === secret) {
    return;
  }
  state.update((data, nextId) => {
    const at = now();
    data.hooks = [
      ...data.hooks.filter(other => other !== hook),
      {
        id: hook?.id ?? nextId(),
        url,
        secret,
        contentType: 'json',
        events: EVENTS,
        active: true,
        createdAt: hook?.createdAt ?? at,
        updatedAt: at,
      },
    ];
  });
}

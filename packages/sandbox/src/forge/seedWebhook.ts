import { currentTime, type ForgeState } from './ForgeState';

/** A webhook that the repository is created with. */
export interface SeedWebhook {
  url: string;
  /** Key of the signatures of deliveries. */
  secret: string;
}

const WEBHOOK_EVENTS = [
  'push',
  'pull_request',
  'pull_request_review',
  'status',
];

/** Creates the webhook, or updates the secret of the one with the same URL. */
export function seedWebhook(
  state: ForgeState,
  { url, secret }: SeedWebhook,
): void {
  const hook = state.data.hooks.find(candidate => candidate.url === url);
  if (hook?.secret === secret) {
    return;
  }
  state.update((data, nextId) => {
    const at = currentTime();
    data.hooks = [
      ...data.hooks.filter(other => other !== hook),
      {
        id: hook?.id ?? nextId(),
        url,
        secret,
        contentType: 'json',
        events: WEBHOOK_EVENTS,
        active: true,
        createdAt: hook?.createdAt ?? at,
        updatedAt: at,
      },
    ];
  });
}

import Router from 'express-promise-router';
import { z } from 'zod';
import { isLoopbackUrl } from '../../http/serve';
import { ForgeError, notFound } from '../ForgeError';
import type { Forge } from '../Forge';
import { currentTime, type Hook } from '../ForgeState';
import { requireAdministrator } from './requestAccount';
import { goBoolean, goRequiredString, goSlice, goStruct } from './goJson';
import { parseBody } from './parseBody';
import { paginate } from './paginate';

/** Configuration of a webhook. It is a `map[string]string` in Gitea, so an absent key keeps its value in an edit. */
const configSchema = z.object({
  url: z
    .string()
    .refine(isLoopbackUrl, 'the sandbox calls addresses on this machine only')
    .optional(),
  content_type: z.enum(['json', 'form']).optional(),
  secret: z.string().optional(),
});

const createSchema = goStruct({
  type: goRequiredString,
  config: configSchema,
  events: goSlice(z.string()),
  active: goBoolean,
});

const editSchema = goStruct({
  config: configSchema.optional(),
  events: goSlice(z.string()),
  active: z.boolean().optional(),
});

/** Gitea's routes to list, create, read, edit and delete the webhooks of a repository. */
export function createHookRoutes({ state }: Forge) {
  const router = Router();

  router.use((_request, response, next) => {
    requireAdministrator(response);
    next();
  });

  const find = (id: string) => {
    const found = state.data.hooks.find(hook => hook.id === Number(id));
    if (!found) {
      throw notFound();
    }
    return found;
  };

  router.get('/', (request, response) => {
    response.json(paginate(request, response, state.data.hooks).map(toHook));
  });

  router.post('/', (request, response) => {
    const { type, config, events, active } = parseBody(createSchema, request);
    const { url, secret = '', content_type: contentType } = config;
    if (type !== 'gitea') {
      throw new ForgeError(422, `Invalid hook type: ${type}`);
    }
    if (!url || !contentType) {
      const missing = url ? 'content_type' : 'url';
      throw new ForgeError(422, `Missing config option: ${missing}`);
    }
    const hook = state.update((data, nextId) => {
      const at = currentTime();
      const created = {
        id: nextId(),
        url,
        secret,
        contentType,
        events: hookEvents(events),
        active,
        createdAt: at,
        updatedAt: at,
      };
      data.hooks.push(created);
      return created;
    });
    response.status(201).json(toHook(hook));
  });

  router.get('/:id', (request, response) => {
    response.json(toHook(find(request.params.id)));
  });

  router.patch('/:id', (request, response) => {
    const hook = find(request.params.id);
    const { config = {}, events, active } = parseBody(editSchema, request);
    state.update(() => {
      hook.url = config.url ?? hook.url;
      hook.contentType = config.content_type ?? hook.contentType;
      hook.events = hookEvents(events);
      hook.active = active ?? hook.active;
      hook.updatedAt = currentTime();
    });
    response.json(toHook(hook));
  });

  router.delete('/:id', (request, response) => {
    const hook = find(request.params.id);
    state.update(data => {
      data.hooks = data.hooks.filter(other => other !== hook);
    });
    response.status(204).end();
  });

  return router;
}

/** Events of a webhook after a creation or an edit. Gitea sets `push` without any. */
function hookEvents(events: string[] = []): string[] {
  return events.length > 0 ? events : ['push'];
}

/** Builds Gitea's `Hook`, without the secret. */
function toHook(hook: Hook) {
  return {
    id: hook.id,
    type: 'gitea',
    branch_filter: '',
    config: { content_type: hook.contentType, url: hook.url },
    events: hook.events,
    authorization_header: '',
    active: hook.active,
    updated_at: hook.updatedAt,
    created_at: hook.createdAt,
  };
}

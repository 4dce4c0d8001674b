import Router from 'express-promise-router';
import { authenticate } from '../forge/accounts';
import type { Dashboard, Dashboards } from './Dashboards';

/** Creates the read-only search and dashboard API of Grafana. */
export function createGrafanaApiRouter(dashboards: Dashboards) {
  const router = Router();

  router.get('/health', (_request, response) => {
    response.json({ database: 'ok', version: '12.4.0', commit: 'sandbox' });
  });

  router.use((request, response, next) => {
    if (typeof authenticate(request.headers.authorization) === 'object') {
      next();
      return;
    }
    response.status(401).json({
      extra: null,
      message: 'Unauthorized',
      messageId: 'auth.unauthorized',
      statusCode: 401,
      traceID: '',
    });
  });

  router.get('/search', async (request, response) => {
    const { query, type = 'dash-db' } = request.query;
    const text = String(query ?? '').toLowerCase();
    const tags = [request.query.tag ?? []].flat().map(String).filter(Boolean);
    const limit = Math.min(Number(request.query.limit) || 1000, 5000);
    const page = Math.max(Number(request.query.page) || 1, 1);
    const found = (await dashboards.all()).filter(
      ({ model }) =>
        type === 'dash-db' &&
        model.title.toLowerCase().includes(text) &&
        tags.every(tag => model.tags.includes(tag)),
    );
    response.json(
      found.slice((page - 1) * limit, page * limit).map(toSearchHit),
    );
  });

  router.get('/dashboards/uid/:uid', async (request, response) => {
    const found = await dashboards.find(request.params.uid);
    if (!found) {
      response.status(404).json({ message: 'Dashboard not found' });
      return;
    }
    const { folderId, folderUid, folderTitle, folderUrl, url } =
      toSearchHit(found);
    response.json({
      meta: {
        type: 'db',
        canSave: false,
        canEdit: false,
        canAdmin: false,
        canStar: false,
        canDelete: false,
        slug: found.slug,
        url,
        version: 1,
        hasAcl: false,
        isFolder: false,
        folderId,
        folderUid,
        folderTitle,
        folderUrl,
        provisioned: true,
        provisionedExternalId: '',
      },
      dashboard: { ...found.model, id: found.id, version: 1 },
    });
  });

  router.use((_request, response) => {
    response.status(404).json({ message: 'Not found' });
  });
  return router;
}

/** Builds a search hit of Grafana's API. */
function toSearchHit({ id, slug, folder, model }: Dashboard) {
  return {
    id,
    orgId: 1,
    uid: model.uid,
    title: model.title,
    uri: `db/${slug}`,
    url: `/d/${model.uid}/${slug}`,
    slug: '',
    type: 'dash-db',
    tags: model.tags,
    isStarred: false,
    folderId: 1,
    folderUid: folder,
    folderTitle: folder,
    folderUrl: `/dashboards/f/${folder}/${folder}`,
    sortMeta: 0,
    isDeleted: false,
  };
}

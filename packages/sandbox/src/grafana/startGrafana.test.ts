import request from 'supertest';
import { sandboxAccounts } from '../forge';
import {
  silentLogger,
  startForgeFixture,
  type ForgeFixture,
} from '../__testUtils__/forgeFixture';
import { pushBranch } from '../__testUtils__/git';
import type { RunningServer } from '../http/serve';
import { startGrafana } from './startGrafana';

const dashboard = (uid: string, title: string, tags: string[]) =>
  JSON.stringify({
    uid,
    title,
    tags,
    panels: [{ id: 1, title: '<i>CPU</i>', type: 'timeseries' }],
  });

describe('Grafana', () => {
  let fixture: ForgeFixture;
  let grafana: RunningServer;
  beforeAll(async () => {
    fixture = await startForgeFixture({
      'infra/gitops/workloads/app-ml-team/b/dashboard/dashboard.json':
        dashboard('b', 'B service', ['team:app-ml-team', 'b']),
      'infra/gitops/workloads/app-data-team/a/runs.dashboard.json': dashboard(
        'a',
        'A/B runs',
        ['a'],
      ),
      'infra/gitops/workloads/app-ml-team/broken/dashboard.json': '{',
      'infra/gitops/platform/dashboard.json': dashboard('p', 'Platform', []),
      'templates/t.yaml': '',
    });
    const { repositoryDirectory, branch } = fixture.forge;
    grafana = await startGrafana({
      host: '127.0.0.1',
      port: 0,
      repositoryDirectory,
      branch,
      logger: silentLogger,
    });
  });
  afterAll(async () => {
    await grafana.stop();
    await fixture.stop();
  });

  const get = (path: string) =>
    request(grafana.url)
      .get(path)
      .set('Authorization', `Bearer ${sandboxAccounts.portal.token}`);

  it('finds the dashboards of the default branch by title, tag and page', async () => {
    const all = await get('/api/search?type=dash-db');
    expect(all.body).toEqual([
      {
        id: expect.any(Number),
        orgId: 1,
        uid: 'a',
        title: 'A/B runs',
        uri: 'db/a-b-runs',
        url: '/d/a/a-b-runs',
        slug: '',
        type: 'dash-db',
        tags: ['a'],
        isStarred: false,
        folderId: 1,
        folderUid: 'app-data-team',
        folderTitle: 'app-data-team',
        folderUrl: '/dashboards/f/app-data-team/app-data-team',
        sortMeta: 0,
        isDeleted: false,
      },
      expect.objectContaining({ uid: 'b', folderTitle: 'app-ml-team' }),
    ]);
    const uids = async (query: string) =>
      (await get(`/api/search?${query}`)).body.map(
        (hit: { uid: string }) => hit.uid,
      );
    expect(await uids('tag=team:app-ml-team&tag=b')).toEqual(['b']);
    expect(await uids('tag=a&tag=b')).toEqual([]);
    expect(await uids('query=SERVICE')).toEqual(['b']);
    expect(await uids('limit=1&page=2')).toEqual(['b']);
    expect(await uids('type=dash-folder')).toEqual([]);
  });

  it('returns a dashboard, and reads new ones after a merge', async () => {
    expect((await get('/api/dashboards/uid/b')).body).toMatchObject({
      meta: {
        url: '/d/b/b-service',
        folderTitle: 'app-ml-team',
        provisioned: true,
      },
      dashboard: { uid: 'b', panels: [{ id: 1 }] },
    });
    expect((await get('/api/dashboards/uid/c')).status).toBe(404);

    await pushBranch(fixture.clone, 'c', {
      'infra/gitops/workloads/app-ml-team/c/dashboard.json': dashboard(
        'c',
        'C',
        [],
      ),
    });
    await fixture.call('post', 'pulls', {
      title: 'C',
      head: 'c',
      base: 'main',
    });
    await fixture.call(
      'post',
      'pulls/1/merge',
      { Do: 'merge' },
      sandboxAccounts.platformEngineer,
    );
    expect((await get('/api/dashboards/uid/c')).status).toBe(200);
  });

  it('requires a token for the API, but not for pages', async () => {
    expect((await request(grafana.url).get('/api/search')).status).toBe(401);
    expect((await request(grafana.url).get('/api/health')).body.database).toBe(
      'ok',
    );
    const page = await request(grafana.url).get('/d/b/b-service');
    expect(page.text).toContain('sandbox Grafana');
    expect(page.text).toContain('&lt;i&gt;CPU&lt;/i&gt;');
    expect((await request(grafana.url).get('/d/none')).status).toBe(404);
    expect(
      (await request(grafana.url).get('/').set('Host', 'evil.example')).status,
    ).toBe(421);
  });
});

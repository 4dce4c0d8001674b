import {
  capacityReadPermission,
  changeRequestCreatePermission,
  teamReadPermission,
} from '@internal/plugin-ml-platform-common';
import type { FakeGrants } from '@internal/plugin-ml-platform-node/testing';
import { z } from 'zod';
import { serveForTest } from '../__testUtils__/serveForTest';
import { defineRoute } from './defineRoute';
import { createDocument } from './openapi/createDocument';
import type { Route } from './Route';
import {
  changeRequestFor,
  signedWebhook,
  teamInPath,
  teamInQuery,
  teamScope,
  withoutTeam,
} from './RoutePermission';

const MEMBER = 'user:default/member';
const OUTSIDER = 'user:default/outsider';
const query = z.object({ limit: z.coerce.number().max(10).default(5) });
const response = z.object({ text: z.string() });

const routes = [
  defineRoute({
    method: 'get',
    path: '/teams/:team/things',
    summary: 'Things of a team',
    permission: teamInPath(teamReadPermission),
    query,
    response,
    handler: ({ params, query: { limit } }) => ({
      text: `${params.team} ${limit}`,
    }),
  }),
  defineRoute({
    method: 'get',
    path: '/teams/:team/things/:id',
    summary: 'One thing',
    permission: teamInPath(teamReadPermission),
    response,
    handler: () => undefined,
  }),
  defineRoute({
    method: 'get',
    path: '/things',
    summary: 'Things of all teams',
    permission: teamScope(teamReadPermission),
    response,
    handler: ({ scope }) => ({
      text: ['a-team', 'b-team'].filter(team => scope.includes(team)).join(),
    }),
  }),
  defineRoute({
    method: 'get',
    path: '/tags',
    summary: 'Things with a tag',
    permission: teamInQuery(
      teamReadPermission,
      ({ team }: { team: string }) => team,
    ),
    query: z.object({ team: z.string().min(2) }),
    response,
    handler: () => ({ text: 'tagged' }),
  }),
  defineRoute({
    method: 'get',
    path: '/total',
    summary: 'Total',
    permission: withoutTeam(capacityReadPermission),
    response,
    handler: () => ({ text: 'total' }),
  }),
  defineRoute({
    method: 'get',
    path: '/teams/:team/new',
    summary: 'New thing',
    permission: changeRequestFor(
      ({ params }: { params: { team: string } }) => params.team,
    ),
    response,
    handler: ({ credentials }) => ({
      text: credentials.principal.userEntityRef,
    }),
  }),
];

describe('defineRoute', () => {
  let server: Awaited<ReturnType<typeof serveForTest>>;
  beforeAll(async () => {
    const grants: FakeGrants = {
      [MEMBER]: {
        [teamReadPermission.name]: ['a-team'],
        [changeRequestCreatePermission.name]: ['a-team'],
        [capacityReadPermission.name]: 'all',
      },
      [OUTSIDER]: {},
    };
    server = await serveForTest({ routes, grants, recheckMs: 30_000 });
  });
  afterAll(() => server.stop());

  const get = async (person: string, path: string) =>
    (await server.fetch(person, path)).status;

  it.each([
    ['/teams/a-team/things', 200, 404],
    ['/teams/b-team/things', 404, 404],
    ['/teams/a-team/things/1', 404, 404],
    ['/things', 200, 200],
    ['/tags?team=a-team', 200, 404],
    ['/total', 200, 403],
    ['/teams/a-team/new', 200, 403],
  ])(
    'authorises %s: %d for members, %d for others',
    async (path, ...statuses) => {
      expect([await get(MEMBER, path), await get(OUTSIDER, path)]).toEqual(
        statuses,
      );
    },
  );

  it('parses the input after authorisation, unless the permission depends on it', async () => {
    const invalid = '/teams/a-team/things?limit=11';
    expect(await get(MEMBER, invalid)).toBe(400);
    expect(await get(OUTSIDER, invalid)).toBe(404);
    expect(await get(OUTSIDER, '/tags?team=a')).toBe(400);
  });

  it('passes parsed input, and what the permission grants, to the handler', async () => {
    const text = async (path: string) =>
      (await server.fetch(MEMBER, path)).json();
    expect(await text('/teams/a-team/things')).toEqual({ text: 'a-team 5' });
    expect(await text('/things')).toEqual({ text: 'a-team' });
    expect(await text('/teams/a-team/new')).toEqual({ text: MEMBER });
  });
});

describe('createDocument', () => {
  const operation = (route: Route, path = route.path) =>
    (
      createDocument([route]).paths as Record<string, Record<string, Operation>>
    )[path][route.method];
  interface Operation {
    description: string;
    security: unknown[];
    responses: object;
  }

  it('lists the permission and the errors of a route', () => {
    const { description, security, responses } = operation(
      routes[0],
      '/teams/{team}/things',
    );
    expect(description).toBe('Needs `ml-platform.team.read` for the team.');
    expect(security).toEqual([{ backstage: ['ml-platform.team.read'] }]);
    expect(Object.keys(responses)).toEqual([
      '200',
      '400',
      '401',
      '404',
      'default',
    ]);
    expect(Object.keys(operation(routes[4]).responses)).toEqual([
      '200',
      '401',
      '403',
      'default',
    ]);
  });

  it('says why a route needs no token', () => {
    const { description, security, responses } = operation(
      defineRoute({
        method: 'post',
        path: '/hook',
        summary: 'Hook',
        permission: signedWebhook({
          header: 'X-Signature',
          isSigned: () => false,
          limit: '1kb',
          unauthenticatedBecause: 'the forge signs its events',
        }),
        response,
        handler: () => ({ text: '' }),
      }),
    );
    expect(description).toContain('the forge signs its events');
    expect(security).toEqual([]);
    expect(Object.keys(responses)).toEqual(['200', '403', 'default']);
  });

  it('refuses two routes with the same method and path', () => {
    expect(() => createDocument([routes[0], routes[0]])).toThrow(
      'Two routes for get /teams/:team/things',
    );
  });
});

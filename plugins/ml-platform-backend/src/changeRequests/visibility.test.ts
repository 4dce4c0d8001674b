import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import {
  ChangeRequestSuite,
  etl,
  eventually,
  ME,
  scorer,
  step,
  trailerOf,
  type Pushed,
} from './__testUtils__/ChangeRequestSuite';

const databases = testDatabase();

describe('visibility of change requests', () => {
  let suite: ChangeRequestSuite;

  beforeEach(async () => {
    suite = await ChangeRequestSuite.create(databases);
  });
  afterEach(() => suite.stop());

  it('notifies the pages of their teams, and no others, when they change', async () => {
    await suite.start();
    /** Skips heartbeats. */
    const nextEvent = async (
      reader: Awaited<ReturnType<typeof listen>>,
    ): Promise<string | undefined> => {
      const { value } = await reader.read();
      return value?.startsWith(':') ? nextEvent(reader) : value;
    };
    const listen = async (person: string, team: string) => {
      const response = await suite.platform.stream(
        person,
        `/live?topics=requests:${team}`,
      );
      return response.body!.pipeThrough(new TextDecoderStream()).getReader();
    };
    const [mine, theirs] = [
      await listen('ml-engineer', 'app-ml-team'),
      await listen('data-engineer', 'app-data-team'),
    ];
    expect((await mine.read()).value).toBe(': open\n\n');
    expect((await theirs.read()).value).toBe(': open\n\n');

    await suite.changeDev('a: 2\n');
    expect(await nextEvent(mine)).toContain(
      '{"topics":["requests:app-ml-team"]}',
    );
    await suite.open({ [`${etl}/overlays/dev/kustomization.yaml`]: 'a: 2\n' });
    // The first event for the other team is about its own change request.
    expect(await nextEvent(theirs)).toContain(
      '{"topics":["requests:app-data-team"]}',
    );
    await Promise.all([mine.cancel(), theirs.cancel()]);
  });

  it('are of the portal only as it opened them', async () => {
    await suite.start();
    const other = {
      branch: 'ml-platform/ml-service/app-ml-team/fraud-scorer',
      commit: '0'.repeat(40),
    };
    const bodies: Array<string | ((pushed: Pushed) => string)> = [
      trailerOf,
      pushed => trailerOf(pushed, {}, 'guessed'),
      pushed => trailerOf(pushed).replace('ml-engineer', 'team-lead'),
      // Copied from another pull request, with its signature.
      trailerOf(other),
      pushed => trailerOf(pushed, { workload: 'other' }),
      'By hand.',
    ];
    for (const [version, body] of bodies.entries()) {
      await suite.changeDev(`a: ${version + 2}\n`, body);
    }
    // The trailer does not make it a change request of the team.
    await suite.open({ 'infra/README.md': 'y\n' }, { body: trailerOf });
    const { items } = await eventually(
      () => suite.list('?sort=openedAt&order=asc'),
      page => expect(page.total).toBe(6),
    );
    const claims = {
      requestId: 'abc',
      template: 'template:default/ml-service',
    };
    expect(
      items.map(({ provenance, origin, claims: claimed }) => ({
        provenance,
        origin,
        claims: claimed,
      })),
    ).toEqual([
      { provenance: 'verified', origin: { ...claims, requester: ME } },
      ...[ME, 'user:default/team-lead', ME, ME].map(requester => ({
        provenance: 'claimed',
        claims: { ...claims, requester },
      })),
      { provenance: 'none' },
    ]);
    expect(await suite.list(`?requester=${ME}`)).toMatchObject({ total: 1 });
    expect(await suite.list(`?template=${claims.template}`)).toMatchObject({
      total: 1,
    });
    expect(await suite.list('?requester=user:default/team-lead')).toMatchObject(
      {
        total: 0,
      },
    );
  });

  it('are marked as changed once somebody pushes onto the branch of the portal', async () => {
    await suite.start();
    const { number, branch } = await suite.changeDev('a: 2\n', trailerOf);
    await eventually(
      () => suite.read(number),
      detail => expect(detail?.provenance).toBe('verified'),
    );
    await suite.push(
      branch,
      `${scorer}/overlays/dev/kustomization.yaml`,
      'a: 666\n',
    );
    const changed = await eventually(
      () => suite.read(number),
      detail => expect(detail?.provenance).toBe('changed'),
    );
    expect(changed).toMatchObject({ origin: { requester: ME } });
    expect(changed).not.toHaveProperty('claims');
  });

  it('of other teams are invisible in lists, counts, searches and by number', async () => {
    await suite.start();
    const mine = await suite.changeDev('a: 2\n');
    const theirs = await suite.open(
      { [`${etl}/overlays/dev/kustomization.yaml`]: 'a: 2\n' },
      { title: 'Secret plans' },
    );
    const both = await suite.open(
      {
        [`${scorer}/overlays/prod/kustomization.yaml`]: 'a: 3\n',
        [`${etl}/overlays/dev/kustomization.yaml`]: 'a: 3\n',
      },
      { title: 'For both' },
    );
    await suite.open({ 'infra/README.md': 'y\n' });
    const numbers = async (query: string, person?: string) => {
      const { items, total } = await suite.list(query, person);
      expect(total).toBe(items.length);
      return items.map(({ number }) => number);
    };
    const order = '?sort=openedAt&order=asc';
    await eventually(
      () => numbers(order, 'platform-engineer'),
      found =>
        expect(found).toEqual([mine, theirs, both].map(pull => pull.number)),
    );
    expect(await numbers(order)).toEqual([mine.number, both.number]);
    expect(await numbers(order, 'data-engineer')).toEqual([
      theirs.number,
      both.number,
    ]);
    expect(await numbers(order, 'security-engineer')).toEqual([]);
    for (const query of [
      '?search=secret',
      '?search=etl',
      '?team=app-data-team&search=plans',
      `?search=%23${theirs.number}`,
    ]) {
      expect(await numbers(query)).toEqual([]);
    }
    expect(await numbers('?team=app-data-team')).toEqual([]);

    const answers = await Promise.all(
      [theirs.number, 9_999].map(number =>
        suite.platform.get('ml-engineer', `/change-requests/${number}`),
      ),
    );
    const [hidden, absent] = answers.map(({ status, body }) => ({
      status,
      error: body.error,
    }));
    expect(hidden).toEqual(absent);
    expect(hidden.status).toBe(404);

    // Each team sees its own part of a change request for both.
    for (const [person, team, name] of [
      ['ml-engineer', 'app-ml-team', 'app-ml-team--fraud-scorer--prod'],
      ['data-engineer', 'app-data-team', 'app-data-team--etl--dev'],
    ]) {
      const detail = await suite.read(both.number, person);
      expect(detail?.teams).toEqual([team]);
      expect(detail?.workloads.map(workload => workload.team)).toEqual([team]);
      expect(step(detail, 'applied')?.map(applied => applied.name)).toEqual([
        name,
      ]);
    }
  });
});

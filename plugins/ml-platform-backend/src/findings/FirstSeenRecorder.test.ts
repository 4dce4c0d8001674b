import { mockServices } from '@backstage/backend-test-utils';
import { vulnerabilitiesQuerySchema } from '@internal/plugin-ml-platform-common';
import {
  createTestStore,
  FakeKubernetes,
  fakeObjects,
  testDatabase,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';
import type { Knex } from 'knex';
import {
  digest,
  report,
  service,
  vulnerability,
} from '../__testUtils__/reports';
import { openDatabase } from '../database/openDatabase';
import { FindingsIndex } from './FindingsIndex';
import { FindingsReader } from './FindingsReader';
import { FirstSeenRecorder } from './FirstSeenRecorder';
import { imagesInScope } from './scope';

const databases = testDatabase();

const IMAGE = digest('a');
const day = (date: number) => Date.UTC(2026, 10, date) / 1000;

describe('FirstSeenRecorder', () => {
  let kubernetes: FakeKubernetes;
  let store: ReturnType<typeof createTestStore>;
  let database: Knex;
  let recorder: FirstSeenRecorder;
  let index: FindingsIndex;
  let now: number;
  let writes: number;
  const logger = mockServices.logger.mock();

  const { owner, pod } = service({
    name: 'scorer',
    namespace: 'app-ml-team',
    image: 'ghcr.io/acme/scorer:1.0.0',
    pulled: IMAGE,
  });
  const scan = (
    date: number,
    vulnerabilities: unknown[],
    scanned = owner,
  ): FakeObject => {
    const made = report(scanned, 'server', vulnerabilities, { digest: IMAGE });
    Object.assign(made.report as object, {
      updateTimestamp: new Date(day(date) * 1000).toISOString(),
    });
    return made;
  };
  const startRecorder = () =>
    new FirstSeenRecorder({
      index,
      database,
      logger,
      intervalMs: 3_600_000,
      now: () => now * 1000,
    });

  const restart = async () => {
    await recorder?.stop();
    await store?.stop();
    store = createTestStore({ sandbox: kubernetes });
    index = new FindingsIndex({ store });
    recorder = startRecorder();
  };
  const see = async (date: number, ...objects: FakeObject[]) => {
    now = day(date);
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'prod', 'app-ml-team'),
      fakeObjects.namespace('app-data-team', 'prod', 'app-data-team'),
      ...objects,
    ];
    await kubernetes.settled(store);
    await recorder.record();
  };
  /** By vulnerability, the day of the month. */
  const firstSeen = (team = 'app-ml-team', by = recorder) => {
    const days: Record<string, number | undefined> = {};
    const { findings } = index.table;
    const scope = { includes: (each: string) => each === team };
    for (const image of imagesInScope(index, scope)) {
      const times = by.get(team, image.identity, image.report!);
      image.report!.numbers!.forEach((number, place) => {
        const time = typeof times === 'object' ? times[place] : times;
        days[findings[number].vulnerabilityID] =
          time && new Date(time * 1000).getUTCDate();
      });
    }
    return days;
  };

  beforeEach(async () => {
    writes = 0;
    database = await openDatabase({ getClient: () => databases.init() });
    database.on('query', ({ sql }) => {
      writes += sql.startsWith('insert into') ? 1 : 0;
    });
    kubernetes = await FakeKubernetes.start();
    await restart();
  });
  afterEach(async () => {
    await recorder.stop();
    await store.stop();
    await kubernetes.stop();
  });

  it('keeps the time over scans, reports that go, and restarts', async () => {
    const one = vulnerability('CVE-1', 'HIGH');
    const two = vulnerability('CVE-2', 'HIGH');
    await see(5, pod, scan(3, [one]));
    expect(firstSeen()).toEqual({ 'CVE-1': 3 });

    await see(7, pod, scan(7, [one, two]));
    expect(firstSeen()).toEqual({ 'CVE-1': 3, 'CVE-2': 7 });

    await see(8, pod);
    await restart();
    await see(9, pod, scan(9, [two]));
    expect(firstSeen()).toEqual({ 'CVE-2': 7 });

    await restart();
    await see(10, pod, scan(10, [one, two, vulnerability('CVE-3', 'LOW')]));
    expect(firstSeen()).toEqual({ 'CVE-1': 3, 'CVE-2': 7, 'CVE-3': 10 });
  });

  it('does not tell a team since when another one has it', async () => {
    const one = [vulnerability('CVE-1', 'HIGH')];
    await see(5, pod, scan(3, one));
    const other = service({
      name: 'copy',
      namespace: 'app-data-team',
      image: 'ghcr.io/acme/scorer:1.0.0',
      pulled: IMAGE,
    });

    await see(9, pod, other.pod, scan(9, one), scan(9, one, other.owner));

    expect(firstSeen()).toEqual({ 'CVE-1': 3 });
    expect(firstSeen('app-data-team')).toEqual({ 'CVE-1': 9 });
  });

  it('sorts by it, for each team by its own', async () => {
    const reader = new FindingsReader({
      store,
      index,
      config: { environments: [], findings: { staleAfterHours: 72 } } as never,
      firstSeen: recorder,
    });
    const query = vulnerabilitiesQuerySchema.parse({ sort: 'firstSeen' });
    const other = service({
      name: 'copy',
      namespace: 'app-data-team',
      image: 'ghcr.io/acme/scorer:1.0.0',
      pulled: IMAGE,
    });
    const seenBy = async (...teams: string[]) => {
      const scope = { includes: (team: string) => teams.includes(team) };
      const { items } = await reader.vulnerabilities(scope, query);
      return items.map(({ id, firstSeen: at }) => `${id} ${at?.slice(0, 10)}`);
    };
    const worst = vulnerability('CVE-1', 'CRITICAL');
    await see(5, pod, scan(3, [worst]));
    await see(7, pod, scan(7, [worst, vulnerability('CVE-2', 'LOW')]));
    expect(await seenBy('app-ml-team')).toEqual([
      'CVE-2 2026-11-07',
      'CVE-1 2026-11-03',
    ]);

    await see(
      9,
      pod,
      other.pod,
      ...[owner, other.owner].map(scanned =>
        scan(9, [worst, vulnerability('CVE-2', 'LOW')], scanned),
      ),
    );

    expect(await seenBy('app-data-team')).toEqual([
      'CVE-1 2026-11-09',
      'CVE-2 2026-11-09',
    ]);
    expect(await seenBy('app-data-team', 'app-ml-team')).toEqual([
      'CVE-2 2026-11-07',
      'CVE-1 2026-11-03',
    ]);
  });

  it('takes over what another replica wrote', async () => {
    await database('first_seen').insert({
      team: 'app-ml-team',
      image: IMAGE,
      last_seen: day(4),
      revision: 7,
      findings: JSON.stringify({ seen: { [day(2)]: ['CVE-1 openssl'] } }),
    });
    const one = vulnerability('CVE-1', 'HIGH');

    await see(6, pod, scan(5, [one]));
    expect(firstSeen()).toEqual({ 'CVE-1': 2 });

    await see(7, pod, scan(7, [one, vulnerability('CVE-2', 'LOW')]));
    expect(firstSeen()).toEqual({ 'CVE-1': 2, 'CVE-2': 7 });
    const [row] = await database('first_seen');
    expect(Number(row.last_seen)).toBe(day(7));
  });

  it('converges when two replicas record at the same time', async () => {
    const other = startRecorder();
    await see(5, pod, scan(5, [vulnerability('CVE-1', 'HIGH')]));
    await see(
      7,
      pod,
      scan(7, [vulnerability('CVE-1', 'HIGH'), vulnerability('CVE-2', 'LOW')]),
    );

    now = day(8);
    await Promise.all([recorder.record(), other.record()]);
    await Promise.all([recorder.record(), other.record()]);

    expect(firstSeen()).toEqual({ 'CVE-1': 5, 'CVE-2': 7 });
    expect(firstSeen('app-ml-team', other)).toEqual(firstSeen());
    await other.stop();
  });

  it('writes nothing when nothing is new, and forgets after half a year', async () => {
    await see(5, pod, scan(5, [vulnerability('CVE-1', 'HIGH')]));
    const before = writes;
    await recorder.record();
    expect(writes).toBe(before);

    await see(5 + 181);

    expect(await database('first_seen')).toEqual([]);
  });

  it('says so while the database cannot be read, and goes on afterwards', async () => {
    await database.schema.renameTable('first_seen', 'away');
    await see(5, pod, scan(5, [vulnerability('CVE-1', 'HIGH')]));
    expect(recorder.problem()).toMatchObject({ source: 'Database' });
    expect(firstSeen()).toEqual({ 'CVE-1': undefined });

    await database.schema.renameTable('away', 'first_seen');
    await recorder.record();

    expect(recorder.problem()).toBeUndefined();
    expect(firstSeen()).toEqual({ 'CVE-1': 5 });
  });
});

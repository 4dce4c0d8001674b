import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import { describeDeployment } from './__testUtils__/deployment/describeDeployment';
import { describeTeam } from './__testUtils__/deployment/describeTeam';
import { describeSeededWorkloads } from './__testUtils__/deployment/describeSeededWorkloads';
import { describeInventory } from './__testUtils__/inventory/describeInventory';
import { describeMetrics } from './__testUtils__/describeMetrics';
import { describePermissions } from './__testUtils__/permissions/describePermissions';
import { describeSearch } from './__testUtils__/describeSearch';
import { describeNewTemplate } from './__testUtils__/describeNewTemplate';
import { SharedPortal } from './__testUtils__/SharedPortal';

const database = testDatabase();
let shared: SharedPortal;

// One whole backend for all tests of it: most of their time was its start.
beforeAll(async () => {
  shared = await SharedPortal.start(database);
});
afterAll(() => shared?.stop());

describe('inventory of the portal', () => {
  describeInventory(() => shared);
});

describe('permissions', () => {
  describePermissions(() => shared.portal);
});

describe('a new golden path', () => {
  describeNewTemplate(() => shared.portal);
});

describe('metrics', () => {
  describeMetrics(() => shared.portal);
});

describe('deployment of a service on the sandbox', () => {
  describeDeployment(() => shared.portal);
});

describe('seeded workloads on the sandbox', () => {
  describeSeededWorkloads({ portal: () => shared.portal });
});

describe('a new team on the sandbox', () => {
  describeTeam(() => shared.portal);
});

// Last: the index of the first entities is made a minute after the start.
describe('search', () => {
  describeSearch(() => shared.portal);
});

import {
  createRouteRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  RiDashboardLine,
  RiGitPullRequestLine,
  RiMoneyEuroCircleLine,
  RiShieldCheckLine,
} from '@remixicon/react';

// A page is in the sidebar only if it has a route reference.
const requestsPage = PageBlueprint.make({
  name: 'requests',
  params: {
    path: '/ml-platform/requests',
    routeRef: createRouteRef(),
    title: 'Requests',
    icon: <RiGitPullRequestLine />,
    loader: () =>
      import('./pages/requests/RequestsPage').then(({ RequestsPage }) => (
        <RequestsPage />
      )),
  },
});

const platformPage = PageBlueprint.make({
  params: {
    path: '/ml-platform',
    routeRef: createRouteRef(),
    title: 'Platform',
    icon: <RiDashboardLine />,
  },
});

const platformTabs = [
  SubPageBlueprint.make({
    name: 'teams',
    attachTo: { id: 'page:ml-platform', input: 'pages' },
    params: {
      path: 'teams',
      title: 'Teams',
      loader: () =>
        import('./pages/platform/PlatformTeams').then(({ PlatformTeams }) => (
          <PlatformTeams />
        )),
    },
  }),
  SubPageBlueprint.make({
    name: 'capacity',
    attachTo: { id: 'page:ml-platform', input: 'pages' },
    params: {
      path: 'capacity',
      title: 'Capacity',
      loader: () =>
        import('./pages/platform/CapacityTab').then(({ CapacityTab }) => (
          <CapacityTab />
        )),
    },
  }),
];

const securityPage = PageBlueprint.make({
  name: 'security',
  params: {
    path: '/ml-platform/security',
    routeRef: createRouteRef(),
    title: 'Security',
    icon: <RiShieldCheckLine />,
  },
});

const security = { id: 'page:ml-platform/security', input: 'pages' } as const;

const securityTabs = [
  SubPageBlueprint.make({
    name: 'security-cves',
    attachTo: security,
    params: {
      path: 'cves',
      title: 'CVEs',
      loader: () =>
        import('./pages/security/VulnerabilitiesTab').then(
          ({ VulnerabilitiesTab }) => <VulnerabilitiesTab />,
        ),
    },
  }),
  SubPageBlueprint.make({
    name: 'security-images',
    attachTo: security,
    params: {
      path: 'images',
      title: 'Images',
      loader: () =>
        import('./pages/security/ImagesTab').then(({ ImagesTab }) => (
          <ImagesTab />
        )),
    },
  }),
  SubPageBlueprint.make({
    name: 'security-teams',
    attachTo: security,
    params: {
      path: 'teams',
      title: 'Teams',
      loader: () =>
        import('./pages/security/TeamsTab').then(({ TeamsTab }) => (
          <TeamsTab />
        )),
    },
  }),
  SubPageBlueprint.make({
    name: 'security-config',
    attachTo: security,
    params: {
      path: 'config',
      title: 'Configuration',
      loader: () =>
        import('./pages/security/AuditsTab').then(({ AuditsTab }) => (
          <AuditsTab kind="config" />
        )),
    },
  }),
  SubPageBlueprint.make({
    name: 'security-secrets',
    attachTo: security,
    params: {
      path: 'secrets',
      title: 'Secrets',
      loader: () =>
        import('./pages/security/AuditsTab').then(({ AuditsTab }) => (
          <AuditsTab kind="secrets" />
        )),
    },
  }),
];

const costPage = PageBlueprint.make({
  name: 'cost',
  params: {
    path: '/ml-platform/cost',
    routeRef: createRouteRef(),
    title: 'Cost',
    icon: <RiMoneyEuroCircleLine />,
    loader: () =>
      import('./pages/cost/CostPage').then(({ CostPage }) => <CostPage />),
  },
});

// Only reached by links, so it has no route reference.
const workloadPage = PageBlueprint.make({
  name: 'workload',
  params: {
    path: '/ml-platform/workloads/:team/:workload',
    title: 'Workload',
    loader: () =>
      import('./pages/workload/WorkloadPage').then(({ WorkloadPage }) => (
        <WorkloadPage />
      )),
  },
});

/** Pages of the platform. */
export const pages = [
  requestsPage,
  platformPage,
  ...platformTabs,
  securityPage,
  ...securityTabs,
  costPage,
  workloadPage,
];

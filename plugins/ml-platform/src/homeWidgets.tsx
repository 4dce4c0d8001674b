import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';

const changeRequests = HomePageWidgetBlueprint.make({
  name: 'change-requests',
  params: {
    name: 'HomePageMlPlatformChangeRequests',
    title: 'Deploy something',
    description: 'Create a service, and find your earlier change requests',
    components: () =>
      import('./home/ChangeRequests').then(m => ({
        Content: m.ChangeRequests,
      })),
  },
});

const needsYou = HomePageWidgetBlueprint.make({
  name: 'needs-you',
  params: {
    name: 'HomePageMlPlatformNeedsYou',
    title: 'Needs you',
    description: 'Degraded workloads of my teams and my requests that failed',
    components: () =>
      import('./home/NeedsYou').then(m => ({ Content: m.NeedsYou })),
  },
});

const myTeams = HomePageWidgetBlueprint.make({
  name: 'my-teams',
  params: {
    name: 'HomePageMlPlatformMyTeams',
    title: 'My teams',
    description: 'Teams with their workloads by health',
    components: () =>
      import('./home/MyTeams').then(m => ({ Content: m.MyTeams })),
  },
});

const myRequests = HomePageWidgetBlueprint.make({
  name: 'my-requests',
  params: {
    name: 'HomePageMlPlatformMyRequests',
    title: 'My requests',
    description: 'My requests in progress and what they wait for',
    components: () =>
      import('./home/MyRequests').then(m => ({ Content: m.MyRequests })),
  },
});

const runsInProgress = HomePageWidgetBlueprint.make({
  name: 'runs-in-progress',
  params: {
    name: 'HomePageMlPlatformRuns',
    title: 'Runs in progress',
    description: 'Training runs that wait or run',
    components: () =>
      import('./home/RunsInProgress').then(m => ({
        Content: m.RunsInProgress,
      })),
  },
});

const catalogProblems = HomePageWidgetBlueprint.make({
  name: 'catalog-problems',
  params: {
    name: 'HomePageMlPlatformCatalogProblems',
    title: 'Catalog problems',
    description: 'Components of my teams whose catalog-info.yaml has problems',
    components: () =>
      import('./home/CatalogProblems').then(m => ({
        Content: m.CatalogProblems,
      })),
  },
});

export const homeWidgets = [
  changeRequests,
  needsYou,
  myTeams,
  myRequests,
  runsInProgress,
  catalogProblems,
];

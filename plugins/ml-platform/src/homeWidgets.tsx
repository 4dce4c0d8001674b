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

const myWorkloads = HomePageWidgetBlueprint.make({
  name: 'my-workloads',
  params: {
    name: 'HomePageMlPlatformMyWorkloads',
    title: "My team's components",
    description: 'Components of my teams and their health',
    components: () =>
      import('./home/MyWorkloads').then(m => ({ Content: m.MyWorkloads })),
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

export const homeWidgets = [changeRequests, myWorkloads, catalogProblems];

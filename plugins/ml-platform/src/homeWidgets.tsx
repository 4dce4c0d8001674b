import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';

const requests = HomePageWidgetBlueprint.make({
  name: 'requests',
  params: {
    name: 'HomePageMlPlatformRequests',
    title: 'Deploy something',
    description: 'Where a request starts, and where earlier ones are',
    components: () =>
      import('./home/ChangeRequests').then(m => ({ Content: m.ChangeRequests })),
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

export const homeWidgets = [requests, myWorkloads];

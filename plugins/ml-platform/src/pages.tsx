import { createRouteRef, PageBlueprint } from '@backstage/frontend-plugin-api';
import { RiGitPullRequestLine } from '@remixicon/react';

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

/** Pages of the platform, in the order of the sidebar. */
export const pages = [requestsPage];

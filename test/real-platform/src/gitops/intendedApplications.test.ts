import { checkout } from '../paths';
import { intendedApplications } from './intendedApplications';

it('lists what the platform repository of this monorepo is meant to deploy', async () => {
  const intended = await intendedApplications(checkout);
  // Committed, so that a change of what is deployed shows in review; Argo CD is held to it in gitops.realtest.ts.
  expect(
    intended.map(({ name, project, namespace = '-', path }) =>
      [name, project, namespace, path].join(' '),
    ),
  ).toMatchSnapshot();
});

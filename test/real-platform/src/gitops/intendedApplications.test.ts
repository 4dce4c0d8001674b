import { checkout } from '../paths';
import { intendedApplications } from './intendedApplications';

it('lists the intended Applications of the platform repository', async () => {
  const intended = await intendedApplications(checkout);
  // The snapshot shows changes of the deployed Applications in review. gitops.realtest.ts compares it with Argo CD.
  expect(
    intended.map(({ name, project, namespace = '-', path }) =>
      [name, project, namespace, path].join(' '),
    ),
  ).toMatchSnapshot();
});

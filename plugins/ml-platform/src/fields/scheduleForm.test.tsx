import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { startPlatformServer } from '../__testUtils__/platformServer';
import { mlPlatformPlugin } from '../plugin';

const platform = startPlatformServer();

it('says a schedule in words, refuses one that never comes, and shows the README', async () => {
  platform.respond(
    'http://localhost:7007/api/scaffolder/v2/templates/default/template/nightly/parameter-schema',
    {
      title: 'Nightly',
      steps: ['First', 'Second'].map(title => ({
        title,
        schema: {
          type: 'object',
          properties: {
            [`guide${title}`]: {
              title: 'When to take it',
              type: 'string',
              'ui:field': 'MlPlatformGuide',
              'ui:options': { text: 'Take this for **nightly** work.' },
            },
            [`schedule${title}`]: {
              title: 'Schedule',
              type: 'string',
              'ui:field': 'MlPlatformSchedule',
            },
          },
        },
      })),
    },
  );
  renderTestApp({
    features: [scaffolderPlugin, mlPlatformPlugin],
    initialRouteEntries: ['/create/templates/default/nightly'],
    apis: [[catalogApiRef, catalogApiMock()], mockApis.permission()],
  });
  const schedule = await screen.findByRole('textbox', { name: /Schedule/ });
  await userEvent.click(schedule);
  await userEvent.paste('30 2 * * 1-5');
  expect(
    screen.getByText(
      /^At 02:30, Monday through Friday\. Next \(UTC\): .*02:30, .*02:30, .*02:30\.$/,
    ),
  ).toBeVisible();

  await userEvent.clear(schedule);
  await userEvent.click(schedule);
  await userEvent.paste('0 0 30 2 *');
  expect(screen.getByText(/"0 0 30 2 \*" never comes/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Next' }));
  expect(schedule).toBeVisible();

  await userEvent.click(screen.getByText('When to take it'));
  expect(
    await screen.findByText('nightly', { selector: 'strong' }),
  ).toBeVisible();
});

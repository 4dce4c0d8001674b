import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import type { MlPlatformClient } from '../api/MlPlatformClient';
import { ChangeRequests } from './ChangeRequests';

describe('ChangeRequests', () => {
  function renderWidget(planDifferences: string[]) {
    const client: Pick<MlPlatformClient, 'getPlatform'> = {
      getPlatform: async () => ({
        sandbox: false,
        forgeUrl: 'https://git.example.com/acme/platform/pulls',
        environments: [],
        requestableTeams: [],
        planDifferences,
      }),
    };
    renderInTestApp(<ChangeRequests />, {
      apis: [[mlPlatformApiRef, client as MlPlatformClient]],
    });
  }

  it("says where the portal's configuration differs from the plan", async () => {
    renderWidget([
      'mlPlatform.environments lacks "qa" of infra/platform.yaml.',
    ]);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Tell the platform team: mlPlatform.environments lacks "qa" of infra/platform.yaml.',
    );
  });

  it('says nothing where both agree', async () => {
    renderWidget([]);
    expect(
      await screen.findByRole('link', { name: /Pull requests/ }),
    ).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

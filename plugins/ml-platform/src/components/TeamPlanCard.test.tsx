import { screen } from '@testing-library/react';
import { startPlatformServer } from '../__testUtils__/platformServer';
import { API, renderWithPlatform } from '../__testUtils__/renderWithPlatform';
import { TeamPlanCard } from './TeamPlanCard';

const PLAN = `${API}/teams/app-ml-team/plan`;

const values = {
  team: 'app-ml-team',
  group: 'risk-models',
  title: 'ML team',
  description: 'Models',
  environments: { dev: { tier: 'small' } },
  cpu: 32,
  memory: '256Gi',
  gpus: 3,
};

describe('TeamPlanCard', () => {
  const platform = startPlatformServer();

  it('shows what the team has, and links to the form with it', async () => {
    platform.respond(PLAN, { commit: 'c0ffee', values });
    renderWithPlatform(<TeamPlanCard />);
    expect(await screen.findByText('3 GPUs, 32 CPUs, 256Gi')).toBeVisible();
    expect(screen.getByText('risk-models')).toBeVisible();
    const href = screen
      .getByRole('link', { name: 'Change' })
      .getAttribute('href');
    const query = new URLSearchParams(href?.split('?')[1]);
    expect(JSON.parse(query.get('formData') ?? '')).toEqual({
      ...values,
      mode: 'edit',
      basedOn: 'c0ffee',
    });
  });

  it('says that others do not see it', async () => {
    platform.respondWithError(PLAN, 404, 'This does not exist.');
    renderWithPlatform(<TeamPlanCard />);
    expect(
      await screen.findByText("You don't have access to this"),
    ).toBeVisible();
  });

  it('says that it could not be read', async () => {
    platform.respondWithError(PLAN, 503, 'The forge cannot be reached.');
    renderWithPlatform(<TeamPlanCard />);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The team could not be read',
    );
  });
});

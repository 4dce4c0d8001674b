import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Checks } from './Checks';

describe('Checks', () => {
  it('distinguishes passed checks from those that only the cluster can decide', async () => {
    render(
      <Checks
        checks={[
          {
            id: 'schemas',
            title: 'Objects are valid',
            status: 'passed',
            messages: [],
          },
          {
            id: 'policies-in-cluster',
            title: 'Checked in the cluster only',
            status: 'cluster-only',
            messages: [
              {
                path: 'overlays/dev',
                text: 'Service scorer: it asks for allowed',
              },
            ],
          },
        ]}
      />,
    );
    await userEvent.click(screen.getByText(/^1 of 2 checks passed/));
    expect(await screen.findByText('In the cluster')).toBeInTheDocument();
    expect(screen.getByText('Passed')).toBeInTheDocument();
    expect(screen.getByText(/it asks for allowed/)).toBeInTheDocument();
  });
});

import { render, screen } from '@testing-library/react';
import { Checks } from './Checks';

describe('Checks', () => {
  it('distinguishes passed checks from those that only the cluster can decide', () => {
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
    expect(screen.getByText('In the cluster')).toBeInTheDocument();
    expect(screen.getByText('Passed')).toBeInTheDocument();
    expect(screen.getByText(/it asks for allowed/)).toBeInTheDocument();
  });
});

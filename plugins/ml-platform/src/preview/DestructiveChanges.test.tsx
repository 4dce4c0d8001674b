import { render, screen, within } from '@testing-library/react';
import { DestructiveChanges } from './DestructiveChanges';

describe('DestructiveChanges', () => {
  it('names each effect, where it is and who must agree', () => {
    render(
      <DestructiveChanges
        changes={[
          {
            code: 'volume-lost',
            path: 'infra/gitops/workloads/app-ml-team/scorer/overlays/prod',
            text: 'PersistentVolumeClaim data: is deleted.',
            environments: ['dev', 'prod'],
            approvers: ['app-ml-team', 'platform'],
          },
        ]}
      />,
    );
    const section = within(
      screen.getByRole('region', { name: 'Destructive changes' }),
    );
    expect(
      section.getByText('This change has a destructive effect'),
    ).toBeInTheDocument();
    expect(
      section.getByText('PersistentVolumeClaim data: is deleted.'),
    ).toBeInTheDocument();
    expect(section.getByRole('listitem')).toHaveTextContent(
      'overlays/prod in dev, prod. To be agreed by app-ml-team and platform.',
    );
  });

  it('shows nothing without effects', () => {
    const { container } = render(<DestructiveChanges changes={[]} />);
    expect(container).toBeEmptyDOMElement();
  });
});

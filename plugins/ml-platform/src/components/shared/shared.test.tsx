import { Button } from '@backstage/ui';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { Meter } from './Meter';
import { SidePanel } from './SidePanel';
import { Timeline } from './Timeline';

describe('Meter', () => {
  it('says what is used of what, also when it is too much', () => {
    render(<Meter label="GPUs in prod" value={6} max={4} text="6 of 4 GPUs" />);

    const meter = screen.getByRole('meter', { name: 'GPUs in prod' });
    expect(meter).toHaveAttribute('aria-valuenow', '4');
    expect(meter).toHaveAttribute('aria-valuemax', '4');
    expect(meter).toHaveAttribute('aria-valuetext', '6 of 4 GPUs');
    expect(screen.getByText('6 of 4 GPUs')).toBeVisible();
  });
});

describe('Timeline', () => {
  it('is an ordered list whose states can be heard', () => {
    render(
      <Timeline
        label="Steps of #214"
        orientation="vertical"
        steps={[
          { id: 'opened', title: 'opened', state: 'passed' },
          { id: 'check', title: 'check', state: 'failed', children: ' quota' },
        ]}
      />,
    );

    const steps = within(
      screen.getByRole('list', { name: 'Steps of #214' }),
    ).getAllByRole('listitem');
    expect(steps.map(step => step.textContent)).toEqual([
      'opened, passed',
      'check, failed quota',
    ]);
  });
});

describe('SidePanel', () => {
  function Page() {
    const [isOpen, setIsOpen] = useState(false);
    return (
      <>
        <Button onPress={() => setIsOpen(true)}>CVE-2026-0001</Button>
        {isOpen && (
          <SidePanel title="CVE-2026-0001" onClose={() => setIsOpen(false)}>
            Places
          </SidePanel>
        )}
      </>
    );
  }

  it('takes the focus, closes on Esc, and gives the focus back', async () => {
    render(<Page />);
    const opener = screen.getByRole('button', { name: 'CVE-2026-0001' });
    await userEvent.click(opener);

    expect(screen.getByRole('complementary')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('complementary')).not.toBeInTheDocument();
    expect(opener).toHaveFocus();
  });
});

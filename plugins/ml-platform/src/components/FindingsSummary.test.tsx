import type { WorkloadFindings } from '@internal/plugin-ml-platform-common';
import { render, screen } from '@testing-library/react';
import { FindingsSummary } from './FindingsSummary';

const clean: WorkloadFindings = {
  counts: { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 },
  fixable: 0,
  images: 2,
  withoutReport: 0,
  stale: 0,
  endOfLife: 0,
};
const show = (change: Partial<WorkloadFindings>) =>
  render(<FindingsSummary findings={{ ...clean, ...change }} />);

describe('FindingsSummary', () => {
  it.each([
    ['No vulnerabilities found', 'good', {}],
    ['No vulnerabilities found', 'warning', { stale: 1 }],
    ['No vulnerabilities found', 'warning', { endOfLife: 1 }],
    [
      'No vulnerabilities found in 1 of 2 images',
      'warning',
      { withoutReport: 1 },
    ],
  ])('says "%s" as %s with %j', (text, tone, change) => {
    show(change);
    expect(screen.getByText(text)).toHaveAttribute('data-tone', tone);
  });

  it.each([
    [{ withoutReport: 2 }, '2 images not scanned: no report'],
    [{ images: 0 }, 'No images to scan.'],
    [{ endOfLife: 1 }, 'The operating system of 1 image is out of support'],
  ])('says of %j "%s"', (change, text) => {
    show(change);
    expect(screen.getByText(text)).toBeVisible();
  });

  it('does not call an unscanned workload clean', () => {
    show({ withoutReport: 2 });
    expect(
      screen.queryByText(/No vulnerabilities found/),
    ).not.toBeInTheDocument();
  });
});

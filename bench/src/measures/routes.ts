import type { Row } from '../Row';
import type { Scale } from '../Scale';
import { withBackend } from '../withBackend';
import { findings } from './findings';
import { summary } from './summary';

/**
 * Rows for the HTTP routes that the portal's pages call (`ours`), compared with the same data from the stock Backstage
 * Kubernetes plugin (`peer`).
 */
export async function routeRows(scale: Scale): Promise<Row[]> {
  const { fixture } = scale;
  const ours = await withBackend(fixture, 'portal', async backend => ({
    summary: await summary.ours(backend, scale),
    findings: await findings.ours(backend, scale),
  }));
  const peer = await withBackend(fixture, 'stock', async backend => ({
    summary: await summary.peer(backend, scale),
    findings: await findings.peer(backend, scale),
  }));
  return [
    ...summary.rows(ours.summary, peer.summary),
    ...findings.rows(ours.findings, peer.findings, scale),
  ];
}

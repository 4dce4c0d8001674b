import { eventually } from '@internal/plugin-ml-platform-node/testing';
import type { RunningPortal } from './RunningPortal';

/** Tests of the search by people. */
// eslint-disable-next-line jest/no-export -- Not a test file: portal.test.ts calls it.
export function describeSearch(portal: () => RunningPortal) {
  const kindsFound = async (term: string): Promise<string[]> => {
    const { body } = await portal().send(
      'platform-engineer',
      'get',
      `/api/search/query?term=${term}`,
    );
    return body.results.map(
      ({ document }: { document: { kind: string } }) => document.kind,
    );
  };

  it('finds what people work with, and no Location', async () => {
    await eventually(async () =>
      expect(await kindsFound('ml-backend')).toContain('Component'),
    );

    for (const term of ['', 'templates', 'generated', 'catalog-info']) {
      expect(await kindsFound(term)).not.toContain('Location');
    }
  });
}

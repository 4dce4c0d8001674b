import { previewSchema } from '@internal/plugin-ml-platform-common';
import { inCatalog } from './inCatalog';
import { NEW_TEMPLATE } from './pushNewTemplate';
import type { RunningPortal } from './RunningPortal';

/** Tests the golden path that `pushNewTemplate` has added. */
// eslint-disable-next-line jest/no-export -- Not a test file: portal.test.ts calls it.
export function describeNewTemplate(portal: () => RunningPortal) {
  it('is found by the Location, and previews what it adds', async () => {
    await inCatalog(portal(), [`template/default/${NEW_TEMPLATE}`]);
    const { status, body } = await portal().send(
      'ml-engineer',
      'post',
      '/api/ml-platform/preview',
      {
        templateRef: `template:default/${NEW_TEMPLATE}`,
        values: {
          team: 'app-ml-team',
          name: 'has-contact',
          description: 'Is made by YAML alone.',
          image: 'ghcr.io/acme/has-contact:1.0.0',
          port: 8080,
          size: 'small',
          contact: '#fraud: "on call"',
        },
      },
    );
    expect(status).toBe(200);
    const { report, pullRequest } = previewSchema.parse(body);
    expect(report.checks.filter(each => each.status === 'failed')).toEqual([]);
    expect(pullRequest.branch).toBe(
      `ml-platform/${NEW_TEMPLATE}/app-ml-team/has-contact`,
    );
    expect(report.files.map(({ diff }) => diff).join('')).toContain(
      '+  contact: "#fraud: \\"on call\\""\n',
    );
  });
}

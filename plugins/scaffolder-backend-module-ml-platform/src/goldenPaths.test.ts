import { ChangeRequestFixture } from './__testUtils__/ChangeRequestFixture';
import type { ChangeRequestTask } from './__testUtils__/ChangeRequestTask';
import { GOLDEN_PATHS } from './__testUtils__/goldenPaths';

let fixture: ChangeRequestFixture;
beforeAll(async () => {
  fixture = await ChangeRequestFixture.create();
});
afterAll(() => fixture.stop());

// `submit` stops at any problem that the repository check finds.
it.each(GOLDEN_PATHS)(
  '$template: create, edit, promote, roll back, decommission',
  async ({ template, user, team, workload, values, edited, lost }) => {
    const directory = `infra/gitops/workloads/${team}/${workload}`;
    const overlay = (environment: string) =>
      `${directory}/overlays/${environment}`;
    const text = (path: string) =>
      fixture.git('grep', '--no-line-number', '', 'main', '--', path);
    const request = async (
      checkout: Record<string, string>,
      step: (task: ChangeRequestTask) => Promise<unknown>,
      name = template,
      input?: { confirmation: { name: string } },
    ) => {
      const task = await fixture.task({ template: name, user, team, workload });
      await task.checkout(checkout);
      await step(task);
      await fixture.merge(await task.submit(input));
      return fixture.git('rev-parse', 'main').trim();
    };

    const created = await request({}, task => task.render(values));
    expect(text(overlay('dev'))).not.toContain(edited.text);

    const kustomization = `${overlay('dev')}/kustomization.yaml`;
    fixture.commit({
      [kustomization]: `${fixture.file(kustomization)}# By hand.\n`,
    });
    await request({ mode: 'edit', environment: 'dev' }, task =>
      task.render({ ...values, ...edited.values }),
    );
    expect(text(overlay('dev'))).toContain(edited.text);
    expect(fixture.file(kustomization)).toContain('# By hand.');

    await request(
      { mode: 'change', environment: 'staging' },
      task => task.promote('dev'),
      'promote',
    );
    expect(text(overlay('staging'))).toContain(edited.text);
    expect(text(overlay('staging'))).toContain('# By hand.');

    await request(
      { mode: 'change', environment: 'dev' },
      task => task.rollBack(created),
      'roll-back',
    );
    expect(text(overlay('dev'))).not.toContain(edited.text);

    await request(
      { mode: 'remove' },
      async task => {
        await task.remove();
        await task.merge();
        const refusal = lost
          ? await task.validate({ confirmation: {} }).catch(String)
          : '';
        expect(refusal).toMatch(lost ?? '');
      },
      'decommission',
      { confirmation: { name: workload } },
    );
    expect(fixture.git('ls-tree', '-r', '--name-only', 'main')).not.toMatch(
      `/${workload}[/.]`,
    );
  },
);

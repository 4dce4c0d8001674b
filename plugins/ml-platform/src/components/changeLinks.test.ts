import { answers, workload } from '../__testUtils__/samples';
import { changeLinks, newRunLink, runLinks } from './changeLinks';

describe('changeLinks', () => {
  function linksFor(environment: string, withAnswers = answers) {
    const { team, environments } = workload;
    const links = changeLinks({
      target: { team, workload: workload.workload },
      environment,
      environments,
      answers: withAnswers,
    });
    return links.map(({ id, label, href }) => {
      const url = new URL(href, 'http://localhost');
      const values = JSON.parse(url.searchParams.get('formData') ?? '');
      return { id, label, path: url.pathname, values };
    });
  }

  const names = { team: 'app-ml-team', name: 'fraud-scorer' };
  const image = 'ghcr.io/acme/fraud-scorer:1.4.2';

  it('opens the template of an environment with its values, and the forms for smaller changes', () => {
    const [{ values }] = answers.items;
    const made = { ...values, environment: 'dev', basedOn: answers.commit };
    const path = '/create/templates/default/ml-service';
    expect(linksFor('dev')).toEqual([
      { id: 'edit', label: 'Edit', path, values: { ...made, mode: 'edit' } },
      {
        id: 'upgrade',
        label: 'Upgrade to the newest template',
        path,
        values: { ...made, mode: 'upgrade' },
      },
      {
        id: 'set-image',
        label: 'Set image',
        path: '/create/templates/default/set-image',
        values: { ...names, environment: 'dev', image },
      },
      {
        id: 'promote',
        label: 'Promote to staging',
        path: '/create/templates/default/promote',
        values: { ...names, from: 'dev', environment: 'staging' },
      },
      {
        id: 'roll-back',
        label: 'Roll back',
        path: '/create/templates/default/roll-back',
        values: { ...names, environment: 'dev' },
      },
      {
        id: 'remove',
        label: 'Remove from dev',
        path,
        values: { ...made, mode: 'remove' },
      },
      {
        id: 'decommission',
        label: 'Decommission…',
        path: '/create/templates/default/decommission',
        values: { ...names, mode: 'remove' },
      },
    ]);
  });

  it('offers an upgrade only to a newer template, and a promotion only to a next environment', () => {
    const current = {
      ...answers,
      environments: ['dev', 'staging', 'prod'],
      items: [{ ...answers.items[0], isBehind: false }],
    };
    expect(linksFor('dev', current).map(({ id }) => id)).toEqual([
      'edit',
      'set-image',
      'promote',
      'roll-back',
      'remove',
      'decommission',
    ]);
    expect(linksFor('prod', current).map(({ id }) => id)).toEqual([
      'set-image',
      'roll-back',
      'decommission',
    ]);
  });

  it('offers no form of a template where none made the environment, or its reference is not valid', () => {
    const ids = ['set-image', 'promote', 'roll-back', 'decommission'];
    expect(linksFor('staging').map(({ id }) => id)).toEqual(ids);
    for (const template of ['template:', 'component:default/x']) {
      const items = [{ ...answers.items[0], template }];
      const links = linksFor('dev', { ...answers, items });
      expect(links.map(({ id }) => id)).toEqual(ids);
    }
  });

  it('always names the workload of the page, whatever the answers say', () => {
    const [made] = answers.items;
    const items = [
      { ...made, values: { team: 'other', name: 'other', mode: 'create' } },
    ];
    expect(linksFor('dev', { ...answers, items })[0].values).toEqual({
      ...names,
      environment: 'dev',
      basedOn: answers.commit,
      mode: 'edit',
    });
  });

  it('offers nothing for an environment that is not in the platform repository', () => {
    expect(linksFor('prod')).toEqual([]);
  });
});

describe('links of runs', () => {
  const target = { team: 'app-ml-team', workload: 'fraud-scorer' };
  const values = { epochs: '20', name: 'other' };
  const training = {
    ...answers,
    nextRun: 'fraud-scorer-3',
    runs: [{ environment: 'dev', run: 'fraud-scorer-2', values }],
  };
  const form = (href = '') => {
    const { pathname, searchParams } = new URL(href, 'http://localhost');
    return {
      template: pathname.split('/').at(-1),
      values: JSON.parse(searchParams.get('formData') ?? '{}'),
    };
  };
  const names = {
    team: 'app-ml-team',
    name: 'fraud-scorer',
    environment: 'dev',
  };

  it('opens a new run with the values of the job, where there are runs', () => {
    expect(form(newRunLink(target, training))).toEqual({
      template: 'training-run',
      values: { ...answers.items[0].values, ...names, run: 'fraud-scorer-3' },
    });
    expect(newRunLink(target, answers)).toBeUndefined();
  });

  it('runs again with the values of the run, and cancels it until it has ended', () => {
    const about = { target, answers: training, environment: 'dev' };
    const links = (run: string, hasEnded = false) =>
      runLinks({ ...about, run, hasEnded });
    expect(links('fraud-scorer-2').map(({ href }) => form(href))).toEqual([
      {
        template: 'training-run',
        values: { ...values, ...names, run: 'fraud-scorer-3' },
      },
      { template: 'cancel-run', values: { ...names, run: 'fraud-scorer-2' } },
    ]);
    expect(links('fraud-scorer-2', true).map(({ id }) => id)).toEqual(['run']);
    expect(links('made-by-hand')).toEqual([]);
  });
});

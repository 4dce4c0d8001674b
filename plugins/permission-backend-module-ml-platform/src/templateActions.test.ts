import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type {
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import { parse } from 'yaml';
import { templateActionsDecision } from './templateActions';

interface Step {
  action: string;
  input?: Record<string, unknown>;
}

/** The two scaffolder rules that the decision uses, which the scaffolder does not export. */
function allows(
  criteria: PermissionCriteria<PermissionCondition>,
  step: Step,
): boolean {
  if (isOrCriteria(criteria)) {
    return criteria.anyOf.some(each => allows(each, step));
  }
  if (isAndCriteria(criteria)) {
    return criteria.allOf.every(each => allows(each, step));
  }
  if (isNotCriteria(criteria)) {
    return !allows(criteria.not, step);
  }
  const { actionId, key, value } = criteria.params ?? {};
  if (criteria.rule === 'HAS_ACTION_ID') {
    return step.action === actionId;
  }
  const found = step.input?.[String(key)];
  return typeof found === 'string' && (value === undefined || found === value);
}

function isAllowed(step: Step) {
  const decision = templateActionsDecision();
  return 'conditions' in decision && allows(decision.conditions, step);
}

describe('templateActionsDecision', () => {
  it('allows every step of every golden path', () => {
    const root = resolve(__dirname, '../../../templates');
    const templates = globSync('*/template.yaml', { cwd: root });
    expect(templates).not.toHaveLength(0);

    const refused = templates.flatMap(file => {
      const template = parse(readFileSync(resolve(root, file), 'utf8'));
      const steps: Step[] = template.spec.steps;
      return steps.filter(step => !isAllowed(step));
    });

    expect(refused).toEqual([]);
  });

  it.each([
    ['another action', { action: 'fetch:plain', input: { url: './skeleton' } }],
    ['publishing', { action: 'publish:gitea', input: {} }],
    [
      'a skeleton of its own',
      { action: 'fetch:template', input: { url: './skeleton' } },
    ],
    [
      'a notification to everybody',
      { action: 'notification:send', input: { recipients: 'broadcast' } },
    ],
    ['a notification to nobody', { action: 'notification:send', input: {} }],
  ])('refuses %s', (_, step) => {
    expect(isAllowed(step)).toBe(false);
  });
});

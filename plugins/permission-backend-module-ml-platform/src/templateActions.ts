import type { PolicyDecision } from '@backstage/plugin-permission-common';
import {
  createScaffolderActionConditionalDecision,
  scaffolderActionConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import { actionExecutePermission } from '@backstage/plugin-scaffolder-common/alpha';

const { hasActionId, hasStringProperty } = scaffolderActionConditions;

const OWN_ACTIONS = [
  'ml-platform:gitops:checkout',
  'ml-platform:gitops:render',
  'ml-platform:gitops:promote',
  'ml-platform:gitops:roll-back',
  'ml-platform:gitops:remove',
  'ml-platform:yaml:set',
  'ml-platform:gitops:merge',
  'ml-platform:gitops:validate',
  'ml-platform:gitops:propose',
];

/** Allows only the actions that golden paths need. Others would read URLs and files with the portal's credentials. */
export function templateActionsDecision(): PolicyDecision {
  return createScaffolderActionConditionalDecision(actionExecutePermission, {
    anyOf: [
      {
        allOf: [
          action('notification:send'),
          // Not to all users.
          hasStringProperty({ key: 'recipients', value: 'entity' }),
        ],
      },
      // These actions check team and paths themselves.
      ...OWN_ACTIONS.map(action),
    ],
  });
}

function action(actionId: string) {
  return hasActionId({ actionId });
}

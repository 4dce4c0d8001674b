import type { PolicyDecision } from '@backstage/plugin-permission-common';
import {
  createScaffolderActionConditionalDecision,
  scaffolderActionConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import { actionExecutePermission } from '@backstage/plugin-scaffolder-common/alpha';

const { hasActionId, hasStringProperty } = scaffolderActionConditions;

/** Allows only the actions that golden paths need. */
export function templateActionsDecision(): PolicyDecision {
  return createScaffolderActionConditionalDecision(actionExecutePermission, {
    anyOf: [
      // These actions check team and paths themselves.
      action('ml-platform:gitops:checkout'),
      action('ml-platform:gitops:merge'),
      action('ml-platform:gitops:validate'),
      action('ml-platform:gitops:propose'),
      {
        allOf: [
          action('notification:send'),
          // Not to all users.
          hasStringProperty({ key: 'recipients', value: 'entity' }),
        ],
      },
      {
        allOf: [
          action('fetch:template'),
          // Other URLs would be read with the portal's credentials. Conditions support equality only, so list each directory.
          {
            anyOf: [
              url('./skeleton'),
              url('./skeleton/workload'),
              url('./skeleton/overlay'),
              url('./skeleton/terraform'),
            ],
          },
          { not: hasStringProperty({ key: 'token' }) },
        ],
      },
    ],
  });
}

function action(actionId: string) {
  return hasActionId({ actionId });
}

function url(value: string) {
  return hasStringProperty({ key: 'url', value });
}

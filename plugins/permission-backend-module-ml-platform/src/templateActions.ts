import type { PolicyDecision } from '@backstage/plugin-permission-common';
import {
  createScaffolderActionConditionalDecision,
  scaffolderActionConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import { actionExecutePermission } from '@backstage/plugin-scaffolder-common/alpha';

const { hasActionId, hasStringProperty } = scaffolderActionConditions;

/** The actions that a template may run for a person. A golden path needs no others; a template that does is stopped. */
export function templateActionsDecision(): PolicyDecision {
  return createScaffolderActionConditionalDecision(actionExecutePermission, {
    anyOf: [
      // The write path checks team and paths itself.
      action('ml-platform:gitops:checkout'),
      action('ml-platform:gitops:merge'),
      action('ml-platform:gitops:validate'),
      action('ml-platform:gitops:propose'),
      {
        allOf: [
          action('notification:send'),
          // Not to everybody.
          hasStringProperty({ key: 'recipients', value: 'entity' }),
        ],
      },
      {
        allOf: [
          action('fetch:template'),
          // Elsewhere it would read with the portal's credentials. Conditions know equality only: a new part is a line here.
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

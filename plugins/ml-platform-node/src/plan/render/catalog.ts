import { TEAM_ANNOTATION } from '@internal/plugin-ml-platform-common';
import type { Plan } from '../readPlan';
import { rendered, scalar, type RenderedFiles } from './rendered';

/**
 * The teams in the portal's catalog: a System each, and a Group unless the catalog has it already. The group that owns a team
 * is a child of it, so that its members are members of the team. People are elsewhere.
 */
export function catalogFiles(plan: Plan): RenderedFiles {
  const documents = plan.tenants.map(
    ({ name, title, description, group, groupExists }) => `${
      groupExists && group === name
        ? ''
        : `apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: ${name}
  description: ${scalar(description)}
spec:
  type: team
  profile:
    displayName: ${scalar(title)}
  children: [${groupExists ? scalar(group) : ''}]
---
`
    }apiVersion: backstage.io/v1alpha1
kind: System
metadata:
  name: ${name}
  annotations:
    ${TEAM_ANNOTATION}: ${name}
  title: ${scalar(title)}
  description: Everything that the team runs on the platform
spec:
  owner: group:default/${name}
`,
  );
  return new Map([['catalog/teams.yaml', rendered(documents.join('---\n'))]]);
}

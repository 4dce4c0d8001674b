import type { Plan } from '../readPlan';
import { rendered, scalar, type RenderedFiles } from './rendered';

/** The teams in the portal's catalog: a Group and a System each. People are elsewhere. */
export function catalogFiles(plan: Plan): RenderedFiles {
  const documents = plan.tenants.map(
    ({ name, title, description }) => `apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: ${name}
  description: ${scalar(description)}
spec:
  type: team
  profile:
    displayName: ${scalar(title)}
  children: []
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata:
  name: ${name}
  title: ${scalar(title)}
  description: Everything that the team runs on the platform
spec:
  owner: group:default/${name}
`,
  );
  return new Map([['catalog/teams.yaml', rendered(documents.join('---\n'))]]);
}

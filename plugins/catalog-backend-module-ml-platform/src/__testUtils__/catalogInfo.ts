/** A `catalog-info.yaml` that tries to set metadata which only the platform sets. */
export const featureApi = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: feature-api
  namespace: elsewhere
  description: Serves features
  tags: [ml-service]
  annotations:
    backstage.io/source-template: template:default/ml-service
    backstage.io/kubernetes-id: other
    backstage.io/managed-by-location: url:https://example.com/x
    argocd/app-name: other
    grafana/dashboard-selector: other
    ml-platform.io/team: app-data-team
    example.com/own: kept
spec:
  type: service
  lifecycle: production
  owner: group:default/app-data-team
  system: "group:default/x"
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: feature-api-rest
spec:
  type: openapi
  lifecycle: production
  system: features
  definition: text
`;

/** A minimal Component; `more` is appended to its spec. */
export function component(name: string, more = ''): string {
  return `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: service
  lifecycle: production
${more}`;
}

/** A minimal System. */
export function system(name: string): string {
  return `
apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: ${name} }
spec: { owner: group:default/platform-team }
`;
}

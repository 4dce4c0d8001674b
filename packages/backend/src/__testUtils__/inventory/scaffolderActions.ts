/** The actions that golden paths use; the test of the permission policy restricts their input. */
export const USED_ACTIONS = [
  'ml-platform:gitops:checkout',
  'ml-platform:gitops:merge',
  'ml-platform:gitops:promote',
  'ml-platform:gitops:propose',
  'ml-platform:gitops:remove',
  'ml-platform:gitops:render',
  'ml-platform:gitops:roll-back',
  'ml-platform:gitops:validate',
  'ml-platform:yaml:set',
];
/** All other actions, each with a valid input. */
export const UNUSED_ACTIONS: Record<string, object> = {
  'catalog:fetch': { entityRef: 'component:default/ml-backend' },
  'catalog:register': { catalogInfoUrl: 'http://forge.example.com/x.yaml' },
  'catalog:write': { entity: {} },
  'debug:log': {},
  'debug:wait': { seconds: 1 },
  'fetch:plain': { url: './' },
  'fetch:plain:file': { url: './x', targetPath: 'x' },
  'fetch:template': { url: './skeleton', targetPath: 'x', values: {} },
  'fetch:template:file': { url: './x', targetPath: 'x', values: {} },
  'fs:delete': { files: ['x'] },
  'fs:readdir': { paths: ['x'] },
  'fs:rename': { files: [{ from: 'x', to: 'y' }] },
  'notification:send': { recipients: 'broadcast', title: 'x' },
};
/** Name of the template that runs an unused action. */
export const unusedActionTemplate = (action: string) =>
  `unused-${action.replaceAll(':', '-')}`;
/** Templates that run one unused action each, by name. */
export const unusedActionTemplates = () =>
  Object.fromEntries(
    Object.entries(UNUSED_ACTIONS).map(([action, input]) => [
      unusedActionTemplate(action),
      template(action, input),
    ]),
  );

function template(action: string, input: object): string {
  return `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: ${unusedActionTemplate(action)} }
spec:
  owner: group:default/platform-team
  type: service
  steps:
    - { id: step, action: '${action}', input: ${JSON.stringify(input)} }
`;
}

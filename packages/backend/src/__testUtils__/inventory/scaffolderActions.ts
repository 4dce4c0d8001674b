/** What golden paths use: with which input, the policy's own test says. */
export const USED_ACTIONS = [
  'fetch:template',
  'ml-platform:gitops:checkout',
  'ml-platform:gitops:merge',
  'ml-platform:gitops:propose',
  'ml-platform:gitops:validate',
];
/** The others, each with an input that it would take. */
export const ROGUE_ACTIONS: Record<string, object> = {
  'catalog:fetch': { entityRef: 'component:default/ml-backend' },
  'catalog:register': { catalogInfoUrl: 'http://forge.example.com/x.yaml' },
  'catalog:write': { entity: {} },
  'debug:log': {},
  'debug:wait': { seconds: 1 },
  'fetch:plain': { url: './' },
  'fetch:plain:file': { url: './x', targetPath: 'x' },
  'fetch:template:file': { url: './x', targetPath: 'x', values: {} },
  'fs:delete': { files: ['x'] },
  'fs:readdir': { paths: ['x'] },
  'fs:rename': { files: [{ from: 'x', to: 'y' }] },
  'notification:send': { recipients: 'broadcast', title: 'x' },
};
/** The template that runs one of them. */
export const rogueName = (action: string) =>
  `rogue-${action.replaceAll(':', '-')}`;
/** All of them, by name. */
export const rogueTemplates = () =>
  Object.fromEntries(
    Object.entries(ROGUE_ACTIONS).map(([action, input]) => [
      rogueName(action),
      template(action, input),
    ]),
  );

function template(action: string, input: object): string {
  return `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: ${rogueName(action)} }
spec:
  owner: group:default/platform-team
  type: service
  steps:
    - { id: step, action: '${action}', input: ${JSON.stringify(input)} }
`;
}

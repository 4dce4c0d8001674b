import { parseObjects } from './objects/parseObjects';
import { objectViolations } from './objectViolations';
import { serverMessage } from './serverMessage';

function judge(yaml: string) {
  const [object] = parseObjects(yaml);
  const violations = objectViolations(object) ?? [];
  return {
    codes: violations.map(({ code }) => code),
    message: serverMessage(object, violations),
  };
}

const deployment = (change: Record<string, string> = {}) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: scorer }
spec:
  ${change.replicas ?? 'replicas: 1'}
  selector: { matchLabels: { app: ${change.app ?? 'scorer'} } }
  template:
    metadata: { labels: { app: scorer } }
    spec:
      containers:
        - name: server
          image: ghcr.io/acme/scorer:1.0
          resources: { requests: { cpu: "${
            change.cpu ?? 1
          }" }, limits: { cpu: 1 } }
`;

it.each<[string, string, string[], string | undefined]>([
  ['a valid Deployment', deployment(), [], undefined],
  [
    'an unknown field',
    deployment({ replicas: 'replica: 1' }),
    ['unknown-field'],
    'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica"',
  ],
  [
    'a selector of other pods',
    deployment({ app: 'other' }),
    ['selector-matches-template'],
    'Deployment.apps "scorer" is invalid: spec.template.metadata.labels: Invalid value: {"app":"scorer"}: `selector` does not match template `labels`',
  ],
  [
    'two problems',
    deployment({ app: 'other', cpu: '2' }),
    ['selector-matches-template', 'request-over-limit'],
    'Deployment.apps "scorer" is invalid: [spec.template.metadata.labels: Invalid value: {"app":"scorer"}: `selector` does not match template `labels`, spec.template.spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1]',
  ],
])('judges %s', (_, yaml, codes, message) => {
  expect(judge(yaml)).toEqual({ codes, message });
});

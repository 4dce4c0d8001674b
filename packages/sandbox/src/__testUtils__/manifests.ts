/** Manifest of the Deployment `web`. */
export const deploymentManifest = (options: {
  replicas?: number;
  image?: string;
  labels?: string;
  cpu?: string;
  deadline?: number;
}) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${options.replicas ?? 2}
  progressDeadlineSeconds: ${options.deadline ?? 60}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web${options.labels ?? ''}}}
    spec:
      containers:
        - name: server
          image: ${options.image ?? 'example.com/web:1'}
          resources: {requests: {cpu: ${
            options.cpu ?? '100m'
          }, memory: 1Gi}, limits: {cpu: ${options.cpu ?? '100m'}, memory: 1Gi}}
`;

/** Manifest of a Job that runs for 30 seconds by default. */
export const jobManifest = (options: {
  name?: string;
  labels?: string;
  spec?: string;
  podSpec?: string;
  seconds?: number;
  limits?: string;
}) => `
apiVersion: batch/v1
kind: Job
metadata: {name: ${options.name ?? 'train'}}
spec:
  backoffLimit: 0
  ${options.spec ?? ''}
  template:
    metadata:
      labels: {app: train${options.labels ?? ''}}
      annotations: {simulation.ml-platform.io/run-seconds: '${
        options.seconds ?? 30
      }'}
    spec:
      restartPolicy: Never
      ${options.podSpec ?? ''}
      containers: [{name: train, image: 'example.com/train:1', resources: {limits: {${
        options.limits ?? 'cpu: 1'
      }}}}]
`;

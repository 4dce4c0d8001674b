import { z } from 'zod';
import { count, customObject, quantity, stringMap } from './customObject';
import { jobSpec } from './kubernetesType';

const positive = z.number().int().min(1);

/** The JobSet of sigs.k8s.io/jobset. As in all schemas of custom resources, only the fields that teams may use. */
export const jobSetSchema = customObject(
  z.strictObject({
    replicatedJobs: z
      .array(
        z.strictObject({
          name: z.string(),
          groupName: z.string().optional(),
          replicas: count.optional(),
          dependsOn: z
            .array(
              z.strictObject({
                name: z.string(),
                status: z.enum(['Ready', 'Complete']),
              }),
            )
            .optional(),
          template: z.strictObject({
            metadata: z
              .strictObject({
                labels: stringMap.optional(),
                annotations: stringMap.optional(),
              })
              .optional(),
            spec: jobSpec,
          }),
        }),
      )
      .min(1),
    network: z
      .strictObject({
        enableDNSHostnames: z.boolean().optional(),
        subdomain: z.string().optional(),
        publishNotReadyAddresses: z.boolean().optional(),
      })
      .optional(),
    coordinator: z
      .strictObject({
        replicatedJob: z.string(),
        jobIndex: count.optional(),
        podIndex: count.optional(),
      })
      .optional(),
    successPolicy: z
      .strictObject({
        operator: z.enum(['All', 'Any']),
        targetReplicatedJobs: z.array(z.string()).optional(),
      })
      .optional(),
    failurePolicy: z
      .strictObject({
        maxRestarts: count.optional(),
        restartStrategy: z
          .enum(['Recreate', 'BlockingRecreate', 'InPlaceRestart'])
          .optional(),
        rules: z
          .array(
            z.strictObject({
              name: z.string(),
              action: z.enum([
                'FailJobSet',
                'RestartJobSet',
                'RestartJobSetAndIgnoreMaxRestarts',
                'RestartJob',
                'RestartJobAndIgnoreMaxRestarts',
              ]),
              onJobFailureReasons: z.array(z.string()).optional(),
              onJobFailureMessagePatterns: z.array(z.string()).optional(),
              targetReplicatedJobs: z.array(z.string()).optional(),
            }),
          )
          .optional(),
      })
      .optional(),
    startupPolicy: z
      .strictObject({ startupPolicyOrder: z.enum(['AnyOrder', 'InOrder']) })
      .optional(),
    suspend: z.boolean().optional(),
    ttlSecondsAfterFinished: count.optional(),
  }),
);

const keyOfObject = z.strictObject({
  name: z.string(),
  key: z.string(),
  optional: z.boolean().optional(),
});
const environment = z.array(
  z.strictObject({
    name: z.string(),
    value: z.string().optional(),
    valueFrom: z
      .strictObject({
        configMapKeyRef: keyOfObject.optional(),
        fieldRef: z
          .strictObject({
            apiVersion: z.string().optional(),
            fieldPath: z.string(),
          })
          .optional(),
        resourceFieldRef: z
          .strictObject({
            containerName: z.string().optional(),
            divisor: quantity.optional(),
            resource: z.string(),
          })
          .optional(),
        secretKeyRef: keyOfObject.optional(),
      })
      .optional(),
  }),
);
const initializer = z.strictObject({
  storageUri: z.string().optional(),
  env: environment.optional(),
  secretRef: z.strictObject({ name: z.string() }).optional(),
});
const resources = z.record(z.string(), quantity);

/** Kubeflow Trainer's TrainJob. Fields that policies refuse are for the policies to name. */
export const trainJobSchema = customObject(
  z.strictObject({
    runtimeRef: z.strictObject({
      name: z.string(),
      apiGroup: z.literal('trainer.kubeflow.org').optional(),
      kind: z.string().optional(),
    }),
    trainer: z
      .strictObject({
        image: z.string().optional(),
        command: z.array(z.string()).optional(),
        args: z.array(z.string()).optional(),
        env: environment.optional(),
        numNodes: positive.optional(),
        numProcPerNode: positive.optional(),
        resourcesPerNode: z
          .strictObject({
            claims: z.unknown().optional(),
            limits: resources.optional(),
            requests: resources.optional(),
          })
          .optional(),
      })
      .optional(),
    initializer: z
      .strictObject({
        dataset: initializer.optional(),
        model: initializer.optional(),
      })
      .optional(),
    suspend: z.boolean().optional(),
    activeDeadlineSeconds: positive.optional(),
    managedBy: z.unknown().optional(),
    runtimePatches: z.unknown().optional(),
  }),
);

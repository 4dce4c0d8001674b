import type { KubernetesObject } from '../objects/parseObjects';
import type { Violation } from '../Violation';
import { withoutNulls } from '../yaml/withoutNulls';
import { autoscalerViolations } from './autoscalers';
import { claimSpecViolations } from './claims';
import { configMapViolations, secretViolations } from './configuration';
import { disruptionBudgetViolations } from './disruptionBudgets';
import { Field } from './Field';
import { cronJobViolations } from './cronJobs';
import { jobSpecViolations, jobViolations } from './jobs';
import { metadataViolations } from './metadata';
import { ingressViolations, networkPolicyViolations } from './networking';
import { podSpecViolations } from './pods';
import { roleBindingViolations, roleViolations } from './roles';
import { serviceViolations } from './services';
import {
  daemonSetViolations,
  deploymentViolations,
  rolloutViolations,
  statefulSetViolations,
} from './workloads';

const rules: Readonly<Record<string, (object: Field) => Violation[]>> = {
  ClusterRole: roleViolations,
  ClusterRoleBinding: roleBindingViolations,
  ConfigMap: configMapViolations,
  CronJob: object => cronJobViolations(object.at('spec')),
  DaemonSet: object => daemonSetViolations(object.at('spec')),
  Deployment: object => deploymentViolations(object.at('spec')),
  HorizontalPodAutoscaler: object => autoscalerViolations(object.at('spec')),
  Ingress: object => ingressViolations(object.at('spec')),
  Job: object =>
    jobViolations(object.at('spec'), object.at('metadata', 'name').text ?? ''),
  NetworkPolicy: object => networkPolicyViolations(object.at('spec')),
  PersistentVolumeClaim: object => claimSpecViolations(object.at('spec')),
  Pod: object => podSpecViolations(object.at('spec'), { isPod: true }),
  PodDisruptionBudget: object => disruptionBudgetViolations(object.at('spec')),
  Role: roleViolations,
  RoleBinding: roleBindingViolations,
  Secret: secretViolations,
  Service: object => serviceViolations(object.at('spec')),
  StatefulSet: object => statefulSetViolations(object.at('spec')),
};

/** Pods in custom resources: the API server accepts them, and a controller fails later. */
const customRules: Readonly<Record<string, (spec: Field) => Violation[]>> = {
  AnalysisTemplate: spec =>
    spec
      .at('metrics')
      .items.map(metric => metric.at('provider', 'job', 'spec'))
      .filter(job => job.isSet)
      .flatMap(jobSpecViolations),
  JobSet: spec =>
    spec
      .at('replicatedJobs')
      .items.flatMap(job => jobSpecViolations(job.at('template', 'spec'))),
  Rollout: rolloutViolations,
};

/** Returns true for a kind whose required fields and values have rules, so that a schema has nothing to add to its types. */
export function hasRules({ kind }: KubernetesObject): boolean {
  return Object.hasOwn(rules, kind);
}

/** Validates values and dependent fields as the API server does, beyond the types of the fields. */
export function ruleViolations(object: KubernetesObject): Violation[] {
  const field = new Field(withoutNulls(object));
  const own = Object.hasOwn(rules, object.kind)
    ? rules[object.kind](field)
    : [];
  const inPods = Object.hasOwn(customRules, object.kind)
    ? customRules[object.kind](field.at('spec'))
    : [];
  return [
    ...metadataViolations(object.kind, field),
    ...own,
    ...inPods.map(({ code, advice }) => ({ code, advice })),
  ];
}

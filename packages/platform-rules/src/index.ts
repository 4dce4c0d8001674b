/**
 * What Kubernetes, Kustomize and Argo CD accept, as far as files tell: without tenancy and without the platform's policies.
 *
 * @packageDocumentation
 */
export {
  type KubernetesObject,
  objectsIn,
  parseObjects,
} from './objects/parseObjects';
export { objectViolations } from './objectViolations';
export { quantityOf, thousandthsOf, unitsOf } from './quantities';

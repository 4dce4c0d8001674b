import type { Config } from '@backstage/config';
import { INSTANCE_NAME } from './applicationView';

/** Where people open Argo CD, from the same configuration that the cards read; empty when it has no page for people. */
export function readFrontendUrl(config: Config): string {
  const instance = (
    config.getOptionalConfigArray('argocd.appLocatorMethods') ?? []
  )
    .flatMap(method => method.getOptionalConfigArray('instances') ?? [])
    .find(candidate => candidate.getString('name') === INSTANCE_NAME);
  return instance?.getOptionalString('frontendUrl') ?? '';
}

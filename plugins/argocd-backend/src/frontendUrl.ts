import type { Config } from '@backstage/config';
import { INSTANCE_NAME } from './applicationView';

/** URL of Argo CD's user interface, from the configuration that the cards read too; empty when not configured. */
export function readFrontendUrl(config: Config): string {
  const instance = (
    config.getOptionalConfigArray('argocd.appLocatorMethods') ?? []
  )
    .flatMap(method => method.getOptionalConfigArray('instances') ?? [])
    .find(candidate => candidate.getString('name') === INSTANCE_NAME);
  return instance?.getOptionalString('frontendUrl') ?? '';
}

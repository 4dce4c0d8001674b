import type { Config } from '@backstage/config';
import { findAddressProblems } from './addresses';
import { findDatabaseProblems } from './database';
import { leavesOf } from './leaves';
import {
  findMissingValues,
  findUnsetVariables,
  partitionUnset,
} from './requiredValues';
import { findSecretProblems } from './secrets';
import { findSignInProblems } from './signIn';
import { findSwitchProblems, findVariableProblems } from './switches';
import { findTransportProblems } from './transport';

/**
 * Finds each value of the configuration that is missing or unsafe in production, with the remedy. Values of the sandbox in
 * app-config.yaml come through wherever the overlay does not replace them, because Backstage merges files deeply.
 *
 * @returns nothing where the configuration is not for production: neither `NODE_ENV` nor `auth.environment` says so
 */
export function findProductionProblems(
  config: Config,
  environment: NodeJS.ProcessEnv,
): string[] {
  const isProduction =
    environment.NODE_ENV === 'production' ||
    config.getOptional('auth.environment') === 'production';
  if (!isProduction) {
    return [];
  }
  const { unset, set } = partitionUnset(leavesOf(config.getOptional()));
  return [
    ...findUnsetVariables(unset),
    ...findMissingValues(config),
    ...findSampleData(config),
    ...findAddressProblems(set),
    ...findSecretProblems(set),
    ...findSwitchProblems(set),
    ...findVariableProblems(environment),
    ...findSignInProblems(config),
    ...findTransportProblems(config),
    ...findDatabaseProblems(config),
  ];
}

function findSampleData(config: Config): string[] {
  return [
    ...(config.getOptional('mlPlatform.sandbox')
      ? ['mlPlatform.sandbox: production runs on real systems. Set false.']
      : []),
    ...(config.getOptional('mlPlatform.prices.sample')
      ? [
          'mlPlatform.prices: these are samples. Set your own prices, or null to show no cost.',
        ]
      : []),
  ];
}

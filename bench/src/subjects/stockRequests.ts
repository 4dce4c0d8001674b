/** Benchmark process: Backstage with the steps of its own pull-request actions. Nothing is denied. */
import authPlugin from '@backstage/plugin-auth-backend';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import scaffolderEntityModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import sandboxSignIn from '@internal/plugin-auth-backend-module-sandbox';
import { stockPullRequest } from '../propose/stockPullRequest';
import { runBackend } from './runBackend';

runBackend(
  [
    authPlugin,
    sandboxSignIn,
    catalogPlugin,
    scaffolderEntityModel,
    scaffolderPlugin,
    stockPullRequest,
  ],
  { permission: { enabled: false } },
);

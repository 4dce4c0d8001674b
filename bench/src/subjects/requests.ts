/** Benchmark process: a Backstage backend with the parts of this project that turn a request into a pull request. */
import authPlugin from '@backstage/plugin-auth-backend';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import scaffolderEntityModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import notificationsPlugin from '@backstage/plugin-notifications-backend';
import permissionPlugin from '@backstage/plugin-permission-backend';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import scaffolderNotifications from '@backstage/plugin-scaffolder-backend-module-notifications';
import sandboxSignIn from '@internal/plugin-auth-backend-module-sandbox';
import permissionPolicy from '@internal/plugin-permission-backend-module-ml-platform';
import scaffolderActions from '@internal/plugin-scaffolder-backend-module-ml-platform';
import { runBackend } from './runBackend';

runBackend([
  authPlugin,
  sandboxSignIn,
  permissionPlugin,
  permissionPolicy,
  catalogPlugin,
  scaffolderEntityModel,
  scaffolderPlugin,
  scaffolderActions,
  // The template tells the platform team.
  notificationsPlugin,
  scaffolderNotifications,
]);

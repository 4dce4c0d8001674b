import { appRoutes } from './routes/appRoutes';
import { argocdRoutes } from './routes/argocdRoutes';
import { authRoutes } from './routes/authRoutes';
import { catalogRoutes } from './routes/catalogRoutes';
import { eventsRoutes } from './routes/eventsRoutes';
import { kubernetesRoutes } from './routes/kubernetesRoutes';
import { mlPlatformRoutes } from './routes/mlPlatformRoutes';
import { notificationsRoutes } from './routes/notificationsRoutes';
import { permissionRoutes } from './routes/permissionRoutes';
import { scaffolderRoutes } from './routes/scaffolderRoutes';
import { searchRoutes } from './routes/searchRoutes';
import { signalsRoutes } from './routes/signalsRoutes';
import { techdocsRoutes } from './routes/techdocsRoutes';
import { userSettingsRoutes } from './routes/userSettingsRoutes';
import type { ExpectedRoutes } from './routes/ExpectedRoute';

/**
 * Every route of the backend. `ALL` rows are not routes of their own: they stand for middleware that is mounted for
 * everything below a path, and for paths that do not exist.
 */
export const ROUTES: ExpectedRoutes = {
  ...appRoutes,
  ...argocdRoutes,
  ...authRoutes,
  ...catalogRoutes,
  ...eventsRoutes,
  ...kubernetesRoutes,
  ...mlPlatformRoutes,
  ...notificationsRoutes,
  ...permissionRoutes,
  ...scaffolderRoutes,
  ...searchRoutes,
  ...signalsRoutes,
  ...techdocsRoutes,
  ...userSettingsRoutes,
};

// The recorder comes first: it must know Express before anything uses it.
import { findRoutes } from './routeRecorder';
import { writeFileSync } from 'node:fs';
import { createBackend } from '@backstage/backend-defaults';
import { features } from '../features';

/** The backend of `src/index.ts`, which writes what it answers to into a file once it has started. */
const backend = createBackend();
for (const feature of features) {
  backend.add(feature);
}
backend
  .start()
  .then(() =>
    writeFileSync(process.env.INVENTORY_FILE!, JSON.stringify(findRoutes())),
  );

// `yarn kind:down`: removes the Kind cluster and its files.
import { rmSync } from 'node:fs';
import { runMain } from '../setup/problem.mjs';
import {
  CLUSTER,
  clusterExists,
  deleteCluster,
  kindDirectory,
} from './cluster.mjs';

async function main() {
  if (await clusterExists()) {
    await deleteCluster();
  } else {
    console.log(`There is no Kind cluster "${CLUSTER}".`);
  }
  rmSync(kindDirectory, { recursive: true, force: true });
  return 0;
}

await runMain(main);

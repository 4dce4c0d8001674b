import { ensureDependencies } from './dependencies.mjs';
import { ensureTools } from './tools.mjs';

/** Everything that a fresh checkout lacks before code of it can run. */
export async function setUp() {
  const tools = await ensureTools();
  await ensureDependencies(tools);
  return tools;
}

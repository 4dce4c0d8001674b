import { ensureDependencies } from './dependencies.mjs';
import { ensureTools } from './tools.mjs';

/** Installs the tools and packages that a fresh checkout needs. */
export async function setUp() {
  const tools = await ensureTools();
  await ensureDependencies(tools);
  return tools;
}

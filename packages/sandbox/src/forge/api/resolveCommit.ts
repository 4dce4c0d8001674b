import { notFound } from '../ForgeError';
import type { Forge } from '../Forge';

/** Resolves a branch, tag or commit id to a commit. @throws ForgeError 404 */
export async function resolveCommit(
  forge: Forge,
  name: string,
): Promise<string> {
  const commit = await forge.repository.resolve(name);
  if (!commit) {
    throw notFound(`object does not exist [id: ${name}, rel_path: ]`);
  }
  return commit;
}

/** Resolves `base..head`, or `base...head` with the merge base as base. @throws ForgeError 404 */
export async function resolveComparison(
  forge: Forge,
  comparison: string,
): Promise<{ base: string; head: string }> {
  const [, from, dots, to] = /^(.+?)(\.{2,3})([^.].*)$/.exec(comparison) ?? [];
  if (!from) {
    throw notFound();
  }
  const base = await resolveCommit(forge, from);
  const head = await resolveCommit(forge, to);
  const parting =
    dots === '...' ? await forge.repository.mergeBase(base, head) : base;
  return { base: parting ?? base, head };
}

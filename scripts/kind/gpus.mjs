const RESOURCE = 'nvidia.com/gpu';

/**
 * Has nodes say that they hold GPUs: what asks for one is queued, scheduled and counted as on real ones, and runs on the
 * CPU. A kubelet that starts again forgets it; `yarn kind:up` says it again.
 *
 * @param {string} selector - of the nodes
 * @param {number} count - for each node
 */
export async function simulateGpus(kubectl, { selector, count }) {
  const nodes = await kubectl.run([
    'get',
    'nodes',
    `--selector=${selector}`,
    '--output=jsonpath={.items[*].metadata.name}',
  ]);
  for (const name of nodes.split(' ').filter(Boolean)) {
    await kubectl.run([
      'patch',
      'node',
      name,
      '--subresource=status',
      '--type=merge',
      `--patch=${JSON.stringify({
        status: { capacity: { [RESOURCE]: String(count) } },
      })}`,
    ]);
    await kubectl.run([
      'taint',
      'node',
      name,
      `${RESOURCE}=present:NoSchedule`,
      '--overwrite',
    ]);
  }
}

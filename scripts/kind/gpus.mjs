const RESOURCE = 'nvidia.com/gpu';

/**
 * Adds GPUs to the capacity of nodes: pods that request one are queued, scheduled and counted as on real GPUs, and run on the
 * CPU. The capacity is lost when the kubelet restarts; `yarn kind:up` restores it.
 *
 * @param {string} selector - label selector of the nodes
 * @param {number} count - GPUs per node
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

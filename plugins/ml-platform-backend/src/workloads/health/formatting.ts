import { quantityOf } from '@internal/plugin-ml-platform-node';

/** `1 node has`, `3 nodes have`: each word as it goes with the number. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "a, b and c". */
export function listed(words: string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** An upstream's words as the end of a sentence. */
export function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

export function isGpu(resource: string): boolean {
  return /\/(?:.*-)?(?:gpu|mig-.*)$/.test(
    resource.replace(/^(?:requests|limits)\./, ''),
  );
}

/** What a resource of Kubernetes is to people. */
export function resourceName(resource: string): string {
  if (isGpu(resource)) {
    return 'GPUs';
  }
  switch (resource) {
    case 'cpu':
    case 'requests.cpu':
      return 'CPUs';
    case 'limits.cpu':
      return 'CPUs (limit)';
    case 'memory':
    case 'requests.memory':
      return 'memory';
    case 'limits.memory':
      return 'memory (limit)';
    case 'requests.storage':
      return 'disk space';
    case 'ephemeral-storage':
    case 'requests.ephemeral-storage':
      return 'temporary disk space';
    case 'persistentvolumeclaims':
      return 'volumes';
    default:
      return resource.replace(/^count\/([^.]+)\..*$/, '$1');
  }
}

/** For example "4 GPUs", "0.6 CPUs", "24 GiB memory". */
export function amount(resource: string, quantity: string): string {
  const name = resourceName(resource);
  const number = amountOnly(resource, quantity);
  return `${number} ${number === '1' ? name.replace(/s(?=$| \()/, '') : name}`;
}

/** The number of it: "0.6" for `600m`, "24 GiB" for `24Gi`. */
export function amountOnly(resource: string, quantity: string): string {
  const number = quantityOf(quantity);
  if (number === undefined) {
    return quantity;
  }
  if (/memory|storage/.test(resource)) {
    return bytes(number);
  }
  return String(Math.round(number * 1000) / 1000);
}

function bytes(number: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = number;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Math.round(value * 10) / 10} ${units[unit]}`;
}

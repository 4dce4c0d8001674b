import { costOfUse, roundMoney, type Prices } from './prices';

const prices: Prices = {
  currency: 'EUR',
  sample: false,
  perHour: { cpuCore: 0.04, memoryGib: 0.005, gpu: 2 },
  gpuProducts: new Map([['NVIDIA-A100-SXM4-80GB', 4]]),
  perMonth: { storageGib: 0.73 },
  multipliers: new Map([['spot', 0.5]]),
};
const nothing = { cpu: 0, memory: 0, gpu: 0, storage: 0 };

it.each([
  ['nothing', {}, undefined, {}],
  ['cores', { cpuCoreHours: 10 }, undefined, { cpu: 0.4 }],
  ['memory', { memoryGibHours: 100 }, undefined, { memory: 0.5 }],
  ['a GPU of any kind', { gpuHours: 3 }, undefined, { gpu: 6 }],
  [
    'a GPU with a price of its own',
    { gpuHours: 3, gpuProduct: 'NVIDIA-A100-SXM4-80GB' },
    undefined,
    { gpu: 12 },
  ],
  ['another GPU', { gpuHours: 3, gpuProduct: 'x' }, undefined, { gpu: 6 }],
  [
    'a cheaper pool, except its storage',
    { cpuCoreHours: 10, gpuHours: 3, storageGibHours: 100 },
    'spot',
    { cpu: 0.2, gpu: 3, storage: 0.1 },
  ],
  ['another pool', { cpuCoreHours: 10 }, 'general', { cpu: 0.4 }],
])('prices %s', (_, use, pool, expected) => {
  const cost = costOfUse(use, prices, pool);
  for (const [part, amount] of Object.entries({ ...nothing, ...expected })) {
    expect(cost[part as keyof typeof cost]).toBeCloseTo(amount, 12);
  }
});

it.each([
  [0.1 + 0.2, 0.3],
  [1.00005, 1.0001],
  [2.00004999, 2],
  [-1.00005, -1.0001],
  [-0.00001, 0],
  [0, 0],
  [1234567.89, 1234567.89],
])('rounds %d to %d', (amount, rounded) => {
  expect(roundMoney(amount)).toBe(rounded);
});

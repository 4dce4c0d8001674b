import { ConfigReader } from '@backstage/config';
import { readPrices } from './prices';

const prices = {
  currency: 'EUR',
  perHour: { cpuCore: 0.04, memoryGib: 0.005, gpu: 2 },
  perMonth: { storageGib: 0.1 },
};
const read = (changed: object) =>
  readPrices(new ConfigReader({ ...prices, ...changed }));

it('reads prices', () => {
  expect(
    read({
      sample: true,
      gpuProducts: [{ product: 'NVIDIA-A100-SXM4-80GB', perHour: 4 }],
      nodePools: [{ name: 'spot', multiplier: 0.4 }],
    }),
  ).toEqual({
    ...prices,
    sample: true,
    gpuProducts: new Map([['NVIDIA-A100-SXM4-80GB', 4]]),
    multipliers: new Map([['spot', 0.4]]),
  });
  expect(read({})).toMatchObject({ sample: false, multipliers: new Map() });
});

it.each([
  [
    { currency: 'Euro' },
    'mlPlatform.prices.currency: "Euro" is not an ISO 4217',
  ],
  [{ currency: 'XXY' }, 'is not an ISO 4217 currency code (for example EUR)'],
  [{ perHour: { cpuCore: 1, memoryGib: 1 } }, "'perHour.gpu'"],
  [
    { perHour: { cpuCore: -1, memoryGib: 1, gpu: 1 } },
    'mlPlatform.prices.perHour.cpuCore: must be a number ≥ 0 (got -1)',
  ],
  [
    { nodePools: [{ name: 'spot', multiplier: -0.4 }] },
    'mlPlatform.prices.nodePools (spot).multiplier: must be a number ≥ 0',
  ],
  [
    {
      gpuProducts: [
        { product: 'T4', perHour: 1 },
        { product: 'T4', perHour: 2 },
      ],
    },
    'mlPlatform.prices.gpuProducts: "T4" is listed twice; remove one entry',
  ],
])('refuses %j', (changed, message) => {
  expect(() => read(changed)).toThrow(message);
});

import { nanosOf, quantityOf, thousandthsOf, unitsOf } from './quantity';

it.each<[string | number, number]>([
  ['0', 0],
  ['1', 1],
  [2, 2],
  [0.5, 0.5],
  ['+3', 3],
  ['-3', -3],
  ['-0.5', -0.5],
  ['1.5', 1.5],
  ['1.', 1],
  ['.5', 0.5],
  ['007', 7],
  ['100n', 1e-7],
  ['250u', 0.00025],
  ['100m', 0.1],
  ['1500m', 1.5],
  ['0.1m', 0.0001],
  ['1k', 1_000],
  ['1M', 1_000_000],
  ['2G', 2_000_000_000],
  ['1T', 1e12],
  ['1P', 1e15],
  ['1E', 1e18],
  ['1Ki', 1_024],
  ['128Mi', 134_217_728],
  ['1.5Gi', 1_610_612_736],
  ['0.1Gi', 107_374_182.4],
  ['1Ti', 1_099_511_627_776],
  ['1Pi', 2 ** 50],
  ['1Ei', 2 ** 60],
  ['1e3', 1_000],
  ['1E3', 1_000],
  ['1.25e2', 125],
  ['12e-1', 1.2],
  ['1e+3', 1_000],
  // Floating-point multiplication would miss these.
  ['0.3', 0.3],
  ['1100m', 1.1],
  ['9007199254740993m', 9007199254740.993],
])('reads %s', (text, number) => {
  expect(quantityOf(text)).toBe(number);
});

it.each([
  '',
  ' 1',
  '1 ',
  'abc',
  '.',
  '+',
  '1x',
  '1ki',
  '1mi',
  '1ni',
  '1K',
  '1KI',
  '1MiB',
  '1,5',
  '1e',
  '0x10',
  '1e3Ki',
  '1_000',
  'Infinity',
  'NaN',
  '1e9999',
  '9'.repeat(101),
])('does not parse %j', text => {
  expect(quantityOf(text)).toBeUndefined();
  expect(unitsOf(text)).toBeUndefined();
  expect(thousandthsOf(text)).toBeUndefined();
});

it('is exact beyond the precision of numbers', () => {
  expect(nanosOf('9007199254740993')).toBe(9007199254740993n * 10n ** 9n);
  expect(nanosOf('1.000000001Ki')).toBe(1_024_000_001_024n);
});

it('rounds values finer than a billionth away from zero, and caps values beyond 64 bits, as Kubernetes does', () => {
  expect(nanosOf('0.0000000001')).toBe(1n);
  expect(nanosOf('-1e-20')).toBe(-1n);
  expect(nanosOf('1e999')).toBe((2n ** 63n - 1n) * 10n ** 9n);
  expect(nanosOf('-100Ei')).toBe(-(2n ** 63n - 1n) * 10n ** 9n);
});

it.each<[string, number, number]>([
  ['1', 1, 1_000],
  ['250m', 1, 250],
  ['0.5m', 1, 1],
  ['1n', 1, 1],
  ['1500m', 2, 1_500],
  ['-1500m', -1, -1_500],
  ['1.1Ki', 1_127, 1_126_400],
  ['0', 0, 0],
])(
  'rounds %s up to %d whole units and %d thousandths',
  (text, units, thousandths) => {
    expect(unitsOf(text)).toBe(units);
    expect(thousandthsOf(text)).toBe(thousandths);
  },
);

import { webAddressSchema } from './webAddress';

it.each([
  ['https://forge.example.com/acme/platform/pulls/1', true],
  ['http://127.0.0.1:7010/acme/platform/pulls/1', true],
  ['vbscript:x', false],
  ['data:text/html,x', false],
  ['', false],
])('judges the address %s', (address, isAccepted) => {
  expect(webAddressSchema.safeParse(address).success).toBe(isAccepted);
});

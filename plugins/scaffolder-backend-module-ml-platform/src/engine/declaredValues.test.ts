import { declaredValues } from './declaredValues';

const TEMPLATE = `
spec:
  parameters:
    - properties:
        mode: { type: string }
        name: { type: string }
      dependencies:
        mode:
          oneOf:
            - properties:
                mode: { enum: [create] }
                owner: { type: string }
    - properties:
        options:
          type: object
          properties:
            inner: { type: string }
        port: { type: integer }
        previewDigest: { type: string }
`;

it('keeps what the form declares, in its order', () => {
  const values = {
    port: 1,
    junk: 'x',
    inner: 'x',
    mode: 'edit',
    previewDigest: 'x',
    options: { inner: 'y', more: 1 },
    owner: 'me',
    name: 'a',
    __proto__: { polluted: true },
  };
  const declared = declaredValues(TEMPLATE, values);
  expect(Object.entries(declared)).toEqual([
    ['name', 'a'],
    ['owner', 'me'],
    ['options', { inner: 'y', more: 1 }],
    ['port', 1],
  ]);
});

it('leaves out what is not set', () => {
  expect(declaredValues(TEMPLATE, { name: undefined, port: 0 })).toEqual({
    port: 0,
  });
});

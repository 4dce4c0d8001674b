import { NotAllowedError } from '@backstage/errors';
import { refuseValidation } from './refuseValidation';

const ACTIONS = '/.backstage/actions/v1/actions';

const refusal = (path: string) => {
  const next = jest.fn();
  refuseValidation({ path } as never, {} as never, next);
  return next.mock.calls;
};

it.each([
  `${ACTIONS}/catalog:validate-entity/invoke`,
  `${ACTIONS}/catalog%3Avalidate%2Dentity/invoke/`,
  `${ACTIONS.replace('v1', 'v2')}/catalog:validate-entity/invoke`,
])('refuses %s', path => {
  expect(refusal(path)).toEqual([[expect.any(NotAllowedError)]]);
});

it.each([
  `${ACTIONS}/catalog:get-catalog-entity/invoke`,
  `${ACTIONS}/%/invoke`,
  '/entities',
])('lets %s pass', path => {
  expect(refusal(path)).toEqual([[undefined]]);
});

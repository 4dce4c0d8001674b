import { isOutage } from './isOutage';

const withCode = (code: string, message = 'failed') =>
  Object.assign(new Error(message), { code });

it.each([
  withCode('57P01', 'terminating connection due to administrator command'),
  withCode('08006'),
  withCode('25006', 'cannot execute INSERT in a read-only transaction'),
  withCode('25P03', 'terminating connection due to idle-in-transaction'),
  withCode('40P01', 'deadlock detected'),
  withCode('53300', 'too many connections'),
  withCode('55P03', 'canceling statement due to lock timeout'),
  withCode('ECONNREFUSED'),
  withCode('ECONNRESET'),
  withCode('ENOTFOUND'),
  withCode('EAI_AGAIN'),
  withCode('EPIPE'),
  new Error('Connection terminated unexpectedly'),
  new Error('Client has encountered a connection error and is not queryable'),
  new Error('Knex: Timeout acquiring a connection. The pool is probably full.'),
])('takes "%s" for an outage', error => {
  expect(isOutage(error)).toBe(true);
});

it.each([
  withCode('23505', 'duplicate key value violates unique constraint'),
  withCode('42P01', 'relation does not exist'),
  withCode('22P02', 'invalid input syntax'),
  withCode('SQLITE_CONSTRAINT'),
  new TypeError('Cannot read properties of undefined'),
  'a text',
])('takes "%s" for a mistake', error => {
  expect(isOutage(error)).toBe(false);
});

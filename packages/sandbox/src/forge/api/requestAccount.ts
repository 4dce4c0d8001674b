import type { Response } from 'express';
import { mayAdminister, mayWrite, type Account } from '../accounts';
import { ForgeError } from '../ForgeError';

/** Returns the account of a request, which the router has authenticated. */
export function requestAccount(response: Response): Account {
  return response.locals.account as Account;
}

/** Returns the account of a request. @throws ForgeError 403 without write access. */
export function requireWriter(response: Response): Account {
  const account = requestAccount(response);
  if (!mayWrite(account)) {
    throw new ForgeError(
      403,
      'user should have a permission to write to a repo',
    );
  }
  return account;
}

/** Returns the account of a request. @throws ForgeError 403 without admin access. */
export function requireAdministrator(response: Response): Account {
  const account = requestAccount(response);
  if (!mayAdminister(account)) {
    throw new ForgeError(
      403,
      'user should be an owner or a collaborator with admin write of a repository',
    );
  }
  return account;
}

/** PostgreSQL's classes of errors that are about the server's state or about others, not about the statement. */
const CLASSES = [
  '08', // the connection
  '25', // the transaction's state: idle for too long, or read-only after a failover
  '40', // rolled back: a deadlock, a conflict
  '53', // resources: too many connections, disk full
  '55', // not ready: a lock was not to be had in time
  '57', // an operator: ended by an administrator, shutting down, starting up
  '58', // the machine
];

/** How Node.js and Knex say that there is no database. */
const CODES = /^E(CONN|PIPE|TIMEDOUT|HOST|NET|NOTFOUND|AI_AGAIN)/;
const WORDS =
  /connection (terminated|ended|error)|timeout acquiring|unable to acquire|not queryable|connection is closed/i;

/** Whether the database failed, so that the same may work in a while; not the statement. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  const code = 'code' in error ? String(error.code) : '';
  return (
    CODES.test(code) ||
    (/^[0-9A-Z]{5}$/.test(code) && CLASSES.includes(code.slice(0, 2))) ||
    WORDS.test(error.message)
  );
}

// Preloaded into the portal's process: the names of the test's domain are this machine, as a company's DNS would say.
const dns = require('node:dns');

const lookup = dns.lookup;

dns.lookup = (hostname, ...rest) =>
  lookup(/\.acme\.test$/.test(hostname) ? '127.0.0.1' : hostname, ...rest);

-- What data-api serves. Only its own role can read it, and nobody writes through it.
CREATE SCHEMA api;
CREATE ROLE web_anon NOLOGIN;

-- What stream-processor has accepted. An event that is sent twice is here twice: whoever counts, counts order_id once.
CREATE TABLE api.orders (
  order_id text NOT NULL,
  customer_id text NOT NULL,
  amount_cents bigint NOT NULL,
  ordered_at timestamptz NOT NULL
);
CREATE INDEX orders_ordered_at ON api.orders (ordered_at);

-- Kept by data-processor.
CREATE TABLE api.daily_totals (
  day date PRIMARY KEY,
  orders bigint NOT NULL,
  amount_cents bigint NOT NULL
);

GRANT USAGE ON SCHEMA api TO web_anon;
GRANT SELECT ON ALL TABLES IN SCHEMA api TO web_anon;

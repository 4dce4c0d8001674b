-- Counts what each line of checks.jsonl finds, and writes it into quality.results. To change a check, change that file.
\set checks `cat /app/checks.jsonl`
CREATE SCHEMA IF NOT EXISTS quality;
CREATE TABLE IF NOT EXISTS quality.results (
  checked_at timestamptz NOT NULL,
  suite text NOT NULL,
  subject text NOT NULL,
  wrong bigint NOT NULL
);
SELECT set_config('quality.checks', :'checks', false), set_config('quality.suite', :'suite', false), set_config('quality.at', now()::text, false) \g /dev/null

DO $$
DECLARE
  item jsonb;
  source text;
  query text;
  wrong bigint;
BEGIN
  FOR item IN SELECT line::jsonb FROM regexp_split_to_table(current_setting('quality.checks'), E'\n') AS line WHERE line <> ''
  LOOP
    source := (item->>'table')::regclass::text;
    query := CASE item->>'check'
      WHEN 'complete' THEN format('SELECT count(*) FROM %s WHERE %I IS NULL', source, item->>'column')
      WHEN 'unique' THEN format('SELECT count(*) FROM (SELECT %2$I FROM %1$s WHERE %2$I IS NOT NULL GROUP BY 1 HAVING count(*) > 1) AS twice', source, item->>'column')
      WHEN 'range' THEN format('SELECT count(*) FROM %1$s WHERE %2$I < %3$L::numeric OR %2$I > %4$L::numeric', source, item->>'column', item->>'min', item->>'max')
      WHEN 'fresh' THEN format('SELECT (coalesce(max(%2$I), ''-infinity'') < now() - %3$L::float * interval ''1 hour'')::int FROM %1$s', source, item->>'column', item->>'hours')
      WHEN 'sql' THEN format('SELECT count(*) FROM (%s) AS found', item->>'sql')
    END;
    EXECUTE query INTO wrong;
    INSERT INTO quality.results VALUES (
      current_setting('quality.at')::timestamptz,
      current_setting('quality.suite'),
      coalesce(item->>'name', format('%s.%s is %s', source, item->>'column', CASE item->>'check'
        WHEN 'complete' THEN 'empty'
        WHEN 'unique' THEN 'not unique'
        WHEN 'range' THEN 'out of range'
        WHEN 'fresh' THEN 'too old'
      END)),
      wrong
    );
  END LOOP;
END
$$;

SELECT subject, wrong FROM quality.results WHERE suite = :'suite' AND checked_at = current_setting('quality.at')::timestamptz;
-- A quarter is enough to see a trend.
DELETE FROM quality.results WHERE suite = :'suite' AND checked_at < now() - interval '90 days';

-- Ends the job with an error that names what was found.
DO $$
DECLARE
  found text;
BEGIN
  SELECT string_agg(format('%s (%s)', subject, wrong), ', ') INTO found FROM quality.results
  WHERE suite = current_setting('quality.suite') AND checked_at = current_setting('quality.at')::timestamptz AND wrong > 0;
  IF found IS NOT NULL THEN
    RAISE EXCEPTION 'The checks found: %', found;
  END IF;
END
$$;

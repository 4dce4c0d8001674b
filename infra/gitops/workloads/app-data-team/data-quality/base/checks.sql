-- Each check ends the job with its own words when it does not hold.
DO $$
DECLARE
  wrong bigint;
BEGIN
  SELECT count(*) INTO wrong FROM api.orders WHERE amount_cents < 0;
  IF wrong > 0 THEN
    RAISE EXCEPTION '% orders have a negative amount', wrong;
  END IF;

  SELECT count(*) INTO wrong FROM api.orders WHERE ordered_at > now() + interval '5 minutes';
  IF wrong > 0 THEN
    RAISE EXCEPTION '% orders are from the future', wrong;
  END IF;

  SELECT count(*) INTO wrong FROM (
    SELECT order_id FROM api.orders GROUP BY order_id HAVING count(DISTINCT amount_cents) > 1
  ) AS contradicting;
  IF wrong > 0 THEN
    RAISE EXCEPTION '% orders have more than one amount', wrong;
  END IF;

  SELECT count(*) INTO wrong FROM api.daily_totals WHERE orders <= 0;
  IF wrong > 0 THEN
    RAISE EXCEPTION '% days have a total without orders', wrong;
  END IF;
END
$$;

-- When a person last signed in: their sessions end and are swept away, this stays.
ALTER TABLE account ADD COLUMN last_signin @INT@;
UPDATE account SET last_signin = (SELECT max(s.last_seen) FROM session s WHERE s.account_id = account.id);

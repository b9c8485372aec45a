-- name: account_insert :one
-- in: login str, name str, post str, now i64
-- out: id i64
INSERT INTO account (login, name, post, state, created_at, version)
VALUES (:login, :name, :post, 'active', :now, 1)
RETURNING id;

-- name: account_role_insert :exec
-- in: account_id i64, committee_id i64, role str, agency_id id?, from_day date
INSERT INTO account_role (account_id, committee_id, role, agency_id, from_day, to_day)
VALUES (:account_id, :committee_id, :role, :agency_id, :from_day, '9999-12-31');

-- name: account_list :many
-- in: committee_id i64
-- row: account
-- out: id i64, login str, name str, post str, state str, has_password bool, role str, agency_id id?, agency_name str?, last_seen i64?, version i64
SELECT a.id, a.login, a.name, a.post, a.state, CASE WHEN a.password_hash IS NULL THEN 0 ELSE 1 END, r.role, r.agency_id, g.name,
       coalesce((SELECT max(s.last_seen) FROM session s WHERE s.account_id = a.id), a.last_signin), a.version
FROM account_role r JOIN account a ON a.id = r.account_id LEFT JOIN agency g ON g.id = r.agency_id
WHERE r.committee_id = :committee_id AND r.to_day = '9999-12-31'
ORDER BY a.login LIMIT 1000;

-- name: account_get :one
-- in: committee_id i64, id i64
-- row: account
SELECT a.id, a.login, a.name, a.post, a.state, CASE WHEN a.password_hash IS NULL THEN 0 ELSE 1 END, r.role, r.agency_id, g.name,
       coalesce((SELECT max(s.last_seen) FROM session s WHERE s.account_id = a.id), a.last_signin), a.version
FROM account_role r JOIN account a ON a.id = r.account_id LEFT JOIN agency g ON g.id = r.agency_id
WHERE r.committee_id = :committee_id AND r.to_day = '9999-12-31' AND a.id = :id;

-- name: account_by_login :maybe
-- no-scope: signing in comes before any committee
-- in: login str
-- out: id i64, password_hash str?, state str
-- row: account_login
SELECT id, password_hash, state FROM account WHERE login = :login;

-- The account in its first committee; a person in several chooses later.
-- name: account_home :maybe
-- no-scope: signing in comes before any committee
-- in: account_id i64, today date
-- out: committee_id i64
SELECT committee_id FROM account_role
WHERE account_id = :account_id AND from_day <= :today AND to_day >= :today ORDER BY id LIMIT 1;

-- name: account_signed_in :exec
-- no-scope: a person who signs in
-- in: id i64, now i64
UPDATE account SET last_signin = :now WHERE id = :id;

-- name: account_set_password :exec
-- no-scope: a person's own password
-- in: id i64, password_hash str
UPDATE account SET password_hash = :password_hash, version = version + 1 WHERE id = :id;

-- name: account_set_state :one
-- no-scope: the caller has loaded the account in its committee
-- in: id i64, version i64, state str
-- out: version i64
UPDATE account SET state = :state, version = version + 1 WHERE id = :id AND version = :version RETURNING version;

-- name: account_count :one
-- no-scope: is this a new installation
-- scan: counts the accounts of an installation, a few hundred
-- out: n i64
SELECT count(*) FROM account;

-- name: session_insert :exec
-- in: token_hash blob, account_id i64, committee_id i64, csrf_secret blob, now i64, english bool
INSERT INTO session (token_hash, account_id, committee_id, csrf_secret, created_at, last_seen, english)
VALUES (:token_hash, :account_id, :committee_id, :csrf_secret, :now, :now, :english);

-- name: session_get :maybe
-- no-scope: the session tells the committee
-- in: token_hash blob, today date
-- row: session
-- out: account_id i64, committee_id i64, csrf_secret blob, created_at i64, last_seen i64, english bool, login str, name str, post str, role str, agency_id id?, agency_name str?
SELECT s.account_id, s.committee_id, s.csrf_secret, s.created_at, s.last_seen, s.english, a.login, a.name, a.post,
       r.role, r.agency_id, g.name
FROM session s JOIN account a ON a.id = s.account_id
JOIN account_role r ON r.account_id = a.id AND r.committee_id = s.committee_id
LEFT JOIN agency g ON g.id = r.agency_id
WHERE s.token_hash = :token_hash AND a.state = 'active' AND r.from_day <= :today AND r.to_day >= :today
ORDER BY r.id LIMIT 1;

-- name: session_touch :exec
-- no-scope: a session's own row
-- in: token_hash blob, now i64
UPDATE session SET last_seen = :now WHERE token_hash = :token_hash;

-- name: session_set_english :exec
-- no-scope: a session's own row
-- in: token_hash blob, english bool
UPDATE session SET english = :english WHERE token_hash = :token_hash;

-- name: session_delete :exec
-- no-scope: a session's own row
-- in: token_hash blob
DELETE FROM session WHERE token_hash = :token_hash;

-- name: session_delete_account :exec
-- no-scope: all sessions of an account that is disabled
-- in: account_id i64
DELETE FROM session WHERE account_id = :account_id;

-- name: session_delete_others :exec
-- no-scope: a person's own sessions, but for the one that asks
-- in: account_id i64, token_hash blob
DELETE FROM session WHERE account_id = :account_id AND token_hash <> :token_hash;

-- name: session_delete_old :exec
-- no-scope: housekeeping
-- scan: once an hour
-- in: idle_before i64, created_before i64
DELETE FROM session WHERE last_seen < :idle_before OR created_at < :created_before;

-- name: link_insert :exec
-- in: token_hash blob, account_id i64, purpose str, now i64, expires_at i64
INSERT INTO one_time_link (token_hash, account_id, purpose, created_at, expires_at)
VALUES (:token_hash, :account_id, :purpose, :now, :expires_at);

-- name: link_get :maybe
-- in: token_hash blob, now i64
-- row: link
-- out: account_id i64, purpose str, login str, name str, post str
SELECT l.account_id, l.purpose, a.login, a.name, a.post
FROM one_time_link l JOIN account a ON a.id = l.account_id
WHERE l.token_hash = :token_hash AND l.used_at IS NULL AND l.expires_at > :now AND a.state = 'active';

-- name: link_end :exec
-- no-scope: a person's own links
-- in: account_id i64, now i64
UPDATE one_time_link SET used_at = :now WHERE account_id = :account_id AND used_at IS NULL;

-- Only the first of two that come at once gets a row.
-- name: link_use :maybe
-- in: token_hash blob, now i64
-- out: account_id i64
UPDATE one_time_link SET used_at = :now WHERE token_hash = :token_hash AND used_at IS NULL AND expires_at > :now
RETURNING account_id;

-- name: throttle_get :maybe
-- in: name str
-- row: throttle
-- out: tries i64, first_at i64, until_at i64
SELECT tries, first_at, until_at FROM throttle WHERE name = :name;

-- name: throttle_set :exec
-- in: name str, tries i64, first_at i64, until_at i64
INSERT INTO throttle (name, tries, first_at, until_at) VALUES (:name, :tries, :first_at, :until_at)
ON CONFLICT (name) DO UPDATE SET tries = excluded.tries, first_at = excluded.first_at, until_at = excluded.until_at;

-- name: throttle_clear :exec
-- in: name str
DELETE FROM throttle WHERE name = :name;

-- name: throttle_forget :exec
-- scan: once an hour
-- in: before i64
DELETE FROM throttle WHERE first_at < :before;

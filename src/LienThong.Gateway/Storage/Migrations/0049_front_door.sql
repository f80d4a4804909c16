-- Where the password of a user is checked: here, or in the hospital's directory, whose users have none here.
ALTER TABLE app_user ADD COLUMN source TEXT NOT NULL DEFAULT 'local';
-- Set when somebody else chose the password: nothing else can be done before it is changed.
ALTER TABLE app_user ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0;
ALTER TABLE app_user ADD COLUMN password_set_at BIGINT;
ALTER TABLE app_user ADD COLUMN signed_in_at BIGINT;
-- Second factor: the encrypted secret, since when it counts (null: shown but not confirmed yet), and the last time step whose code was used.
ALTER TABLE app_user ADD COLUMN totp_secret $BYTES$;
ALTER TABLE app_user ADD COLUMN totp_since BIGINT;
ALTER TABLE app_user ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0;

-- Passwords a user had before.
CREATE TABLE password_history (
  user_id TEXT NOT NULL REFERENCES app_user (user_id),
  password_hash TEXT NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, password_hash)
);

-- Codes for a lost second factor; gone once used.
CREATE TABLE recovery_code (
  user_id TEXT NOT NULL REFERENCES app_user (user_id),
  code_hash TEXT NOT NULL,
  PRIMARY KEY (user_id, code_hash)
);

-- Kind 'pending' is a sign-in that still lacks its second factor.
ALTER TABLE access_token ADD COLUMN last_seen_at BIGINT;
ALTER TABLE access_token ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE access_token ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE access_token ADD COLUMN issued_by TEXT NOT NULL DEFAULT '';
-- What a bearer token is limited to, separated by spaces; null: whatever its user may.
ALTER TABLE access_token ADD COLUMN permissions TEXT;
ALTER TABLE access_token ADD COLUMN facilities TEXT;

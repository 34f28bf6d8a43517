-- People, how they sign in, what they may, and what was done. Times are milliseconds since 1970 UTC; secrets are hashes.
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    password TEXT,
    tier TEXT NOT NULL,
    role TEXT NOT NULL DEFAULT 'user',
    created_at INTEGER NOT NULL,
    verified_at INTEGER,
    disabled_at INTEGER
);
-- A login elsewhere: the person of a provider stays the same when the address changes.
CREATE TABLE identity (
    provider TEXT NOT NULL,
    subject TEXT NOT NULL,
    account INTEGER NOT NULL REFERENCES account (id),
    PRIMARY KEY (provider, subject)
) WITHOUT ROWID;
CREATE TABLE session (
    hash TEXT PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_account ON session (account);
-- What letters carry, good once: to verify an address, to set another password. That of a sign-up sets the password which was
-- given then: somebody else may have signed up with the same address before.
CREATE TABLE letter (
    hash TEXT PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id),
    purpose TEXT NOT NULL,
    password TEXT,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
-- Logins elsewhere that have begun, good once.
CREATE TABLE flow (
    hash TEXT PRIMARY KEY,
    provider TEXT NOT NULL,
    verifier TEXT NOT NULL,
    nonce TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    account INTEGER,
    actor TEXT NOT NULL,
    event TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT ''
);
CREATE INDEX audit_account ON audit (account, at);
ALTER TABLE key ADD COLUMN account INTEGER REFERENCES account (id);
CREATE INDEX key_account ON key (account);
-- Where the end of a task is told, how often that was tried, and when it is tried next; the key's secret signs it.
ALTER TABLE key ADD COLUMN hook_secret TEXT;
ALTER TABLE task ADD COLUMN hook TEXT;
ALTER TABLE task ADD COLUMN hook_tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN hook_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX task_key ON task (key, created_at DESC);
CREATE INDEX task_hook ON task (hook_at) WHERE hook IS NOT NULL;

-- One file holds keys, what was used of them, and tasks. Times are milliseconds since 1970 UTC.
CREATE TABLE IF NOT EXISTS key (
    id INTEGER PRIMARY KEY,
    shown TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    plan TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
);
CREATE INDEX IF NOT EXISTS key_shown ON key (shown);
CREATE TABLE IF NOT EXISTS usage (
    key INTEGER NOT NULL REFERENCES key (id),
    day TEXT NOT NULL,
    exports INTEGER NOT NULL,
    PRIMARY KEY (key, day)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS task (
    id TEXT PRIMARY KEY,
    key INTEGER NOT NULL REFERENCES key (id),
    priority INTEGER NOT NULL,
    request TEXT NOT NULL,
    status TEXT NOT NULL,
    progress INTEGER NOT NULL DEFAULT 0,
    step TEXT NOT NULL DEFAULT '',
    error TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    fence INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER NOT NULL DEFAULT 0,
    files TEXT NOT NULL DEFAULT '[]',
    folder TEXT NOT NULL DEFAULT '',
    day TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    idempotency TEXT,
    body_hash TEXT NOT NULL,
    UNIQUE (key, idempotency)
);
CREATE INDEX IF NOT EXISTS task_queue ON task (status, priority DESC, created_at);

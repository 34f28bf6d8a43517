-- Which process works on a task, and the task's turn among those of other keys.
ALTER TABLE task ADD COLUMN worker TEXT NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
DROP INDEX task_queue;
CREATE INDEX task_turn ON task (status, priority DESC, turn, created_at);
-- What event streams are opened with, good once.
CREATE TABLE ticket (
    hash TEXT PRIMARY KEY,
    task TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
-- What is left of allowances, where several processes share them. Times are milliseconds, tokens calls.
CREATE TABLE bucket (
    name TEXT PRIMARY KEY,
    tokens REAL NOT NULL,
    taken INTEGER NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;

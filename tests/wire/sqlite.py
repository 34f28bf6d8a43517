"""What real SQLite says of a database that tests/wire/sqlite.rs wrote. The standard library alone."""

import sqlite3
import sys

ROWS = 100_000


def one(db, sql, *values):
    return db.execute(sql, values).fetchone()[0]


def whole(db):
    assert [row[0] for row in db.execute("PRAGMA integrity_check")] == ["ok"]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def name(row):
    return f"название {row * 7919 % 100_003}"


def wrapped(number):
    return (number + 2**63) % 2**64 - 2**63


def any_value(row):
    return [
        None,
        wrapped(1 << row % 63),
        wrapped(-(row**3)),
        row / 7.0,
        name(row),
        row.to_bytes(8, "big"),
    ][row % 6]


def head(db, path):
    with open(path, "rb") as file:
        data = file.read(100)
    number = lambda at: int.from_bytes(data[at : at + 4], "big")
    assert number(28) == one(db, "PRAGMA page_count")
    assert number(24) == number(92) != 0 and one(db, "PRAGMA schema_version") != 0
    assert one(db, "PRAGMA page_size") == 4096 and one(db, "PRAGMA freelist_count") == 0
    assert one(db, "PRAGMA encoding") == "UTF-8" and one(db, "PRAGMA journal_mode") == "delete"


def rows(db):
    found = db.execute('SELECT "id", "name", "share", "whole", "any", typeof("share") FROM "large" ORDER BY "id"')
    for row, values in enumerate(found):
        assert values == (row * 3 - 5, name(row), row * 31 % 1009 / 8.0, row % 3, any_value(row), "real"), values
    assert row == ROWS - 1
    for row, (rowid, size, data) in enumerate(db.execute('SELECT rowid, "size", "data" FROM "blobs"')):
        wanted = 300_000 if row == 99 else row * row * 7 + 1
        assert (rowid, size, len(data)) == (row + 1, wanted, wanted)
        assert data == bytes((at * 13 + row * 1000) % 256 for at in range(wanted))
    keyed = db.execute('SELECT "key", "second", "value" FROM "a ""table""" ORDER BY rowid').fetchall()
    assert keyed == [(name(row) * (row // 300), row * 3 - 5, name(row)) for row in range(0, ROWS, 1000)]
    assert one(db, "SELECT seq FROM sqlite_sequence WHERE name = 'counted'") == 100
    assert db.execute('SELECT * FROM "seen"').fetchall() == [(row * 3 - 5, name(row)) for row in range(5)]
    assert len(one(db, "SELECT sql FROM sqlite_schema WHERE name = 'table 7'")) > 9000


def plan(db, sql, *values):
    return " ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values))


def indexes(db):
    named = 'SELECT "id" FROM "large" WHERE "name" = ?'
    assert "sqlite_autoindex_large_1" in plan(db, named, "x")
    assert all(one(db, named, name(row)) == row * 3 - 5 for row in range(0, ROWS, 997))
    shared = 'SELECT count(*) FROM "large" WHERE "share" BETWEEN ? AND ?'
    assert "large by share" in plan(db, shared, 0, 1)
    assert one(db, shared, 10, 20) == sum(10 <= row * 31 % 1009 / 8.0 <= 20 for row in range(ROWS))
    sized = 'SELECT "size" FROM "blobs" WHERE "data" = ?'
    assert "blobs_data" in plan(db, sized, b"")
    assert one(db, sized, one(db, 'SELECT "data" FROM "blobs" WHERE "size" = 300000')) == 300_000
    key = 'SELECT rowid FROM "a ""table""" WHERE "key" = ? AND "second" = ?'
    assert "sqlite_autoindex_a \"table\"_1" in plan(db, key, "", 0)
    assert one(db, key, name(50_000) * (50_000 // 300), 149_995) == 51
    listed = [row[1:3] for row in db.execute('PRAGMA index_list("a ""table""")')]
    assert listed == [('sqlite_autoindex_a "table"_2', 1), ('sqlite_autoindex_a "table"_1', 1)]


def boxes():
    for row in range(0, ROWS, 10):
        x, y = row * 37 % 1000 / 10.0 + 0.03, row * 91 % 777 / 10.0 - 30.01
        yield row * 3 - 5, x, x + row % 50 / 100.0, y, y + 0.1


def rtree(db):
    for tree in ("rtree_large", "rtree_none"):
        assert one(db, "SELECT rtreecheck(?)", tree) == "ok"
    assert one(db, "SELECT count(*) FROM rtree_none") == 0
    assert one(db, "SELECT count(*) FROM rtree_large") == ROWS // 10
    for left, right, bottom, top in [(10, 12, 0, 5), (98.9, 101, -40, 60), (50.03, 50.03, -30, 50), (-5, -1, 0, 1)]:
        found = {row[0] for row in db.execute("SELECT id FROM rtree_large WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?", (left, right, bottom, top))}
        wanted = {id for id, a, b, c, d in boxes() if b >= left and a <= right and d >= bottom and c <= top}
        near = {id for id, a, b, c, d in boxes() if b >= left - 1e-5 and a <= right + 1e-5 and d >= bottom - 1e-5 and c <= top + 1e-5}
        assert wanted <= found <= near and (wanted or right < 0), (left, len(wanted), len(found))
    for id, minx, maxx, miny, maxy in db.execute("SELECT * FROM rtree_large WHERE id % 7 = 0"):
        x, y = (id + 5) // 3 * 37 % 1000 / 10.0 + 0.03, (id + 5) // 3 * 91 % 777 / 10.0 - 30.01
        assert x - 1e-5 < minx <= x and y - 1e-5 < miny <= y and y + 0.1 <= maxy < y + 0.1001


def changes(db):
    db.execute("INSERT INTO \"counted\" (\"of\") VALUES (1)")
    assert db.execute('SELECT "fid", "note" FROM "counted" ORDER BY "fid" DESC LIMIT 1').fetchone() == (101, "none")
    assert one(db, 'SELECT "whole" FROM "large" WHERE "id" = 1') == 77
    for sql in ('INSERT INTO "large" VALUES (NULL, \'название 0\', 1, 1, 1)', 'INSERT INTO "large" VALUES (1, \'x\', 1, 1, 1)', 'INSERT INTO "large" VALUES (NULL, \'x\', -2e9, 1, 1)'):
        try:
            db.execute(sql)
            raise AssertionError(f"{sql} is taken")
        except sqlite3.IntegrityError:
            pass
    db.execute('DELETE FROM "large" WHERE "id" % 5 = 1 AND "id" NOT IN (SELECT "of" FROM "counted") AND "id" NOT IN (SELECT "second" FROM "a ""table""")')
    db.execute('UPDATE "large" SET "name" = "name" || \'!\' WHERE "id" % 11 = 0')
    db.executemany("INSERT INTO rtree_large VALUES (?, 0, 1, 0, 1)", [(-row,) for row in range(100, 300)])
    db.execute("DELETE FROM rtree_large WHERE id % 3 = 0")
    db.executemany('INSERT INTO "blobs" VALUES (?, ?)', [(row, bytes([row]) * 9000) for row in range(100, 200)])
    db.execute('DROP TABLE "table 3"')
    db.execute('CREATE TABLE "more" AS SELECT * FROM "large"')
    db.commit()
    whole(db)
    assert one(db, "SELECT rtreecheck('rtree_large')") == "ok"
    db.execute("VACUUM")
    whole(db)
    db.execute("REINDEX")
    whole(db)


path = sys.argv[1]
db = sqlite3.connect(path)
whole(db)
head(db, path)
if one(db, "SELECT count(*) FROM sqlite_schema") == 0:
    db.execute("CREATE TABLE t (a)")
else:
    assert (one(db, "PRAGMA application_id"), one(db, "PRAGMA user_version")) == (0x47504B47, 10_300)
    rows(db)
    indexes(db)
    rtree(db)
    changes(db)
whole(db)
print("ok")

-- © OpenStreetMap contributors, ODbL
-- https://opendatacommons.org/licenses/odbl/1-0/
-- {"mapwright":{"date":"2024-05-06T07:08:09Z","request":{},"style":"default","version":"0.0.0"}}
BEGIN;
CREATE TABLE "roads_point" (
  "fid" INTEGER PRIMARY KEY,
  "geom" TEXT,
  "osm_id" INTEGER,
  "osm_type" TEXT,
  "class" TEXT,
  "type" TEXT,
  "name" TEXT,
  "layer_z" INTEGER,
  "ref" TEXT,
  "oneway" TEXT,
  "lanes" INTEGER,
  "maxspeed" REAL,
  "width" REAL,
  "surface" TEXT,
  "bridge" BOOLEAN,
  "tunnel" BOOLEAN,
  "access" TEXT,
  "bicycle" TEXT,
  "foot" TEXT,
  "service" TEXT,
  "tracktype" TEXT,
  "junction" TEXT,
  "tags" TEXT
);
INSERT INTO "roads_point" VALUES
(1,'POINT (10.735 59.905)',1,'n','residential','residential','Åsgata 1 & 2 <b>',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"Åsgata 1 & 2 <b>"}'),
(2,'POINT (10.7350001 59.905)',2,'n','residential','residential','</text><script>alert(1)</script>',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"</text><script>alert(1)</script>"}'),
(3,'POINT (10.7350002 59.905)',3,'n','residential','residential','abc',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"ab\u0001c"}'),
(4,'POINT (10.7350003 59.905)',4,'n','residential','residential',']]> --> ?>',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"]]> --> ?>"}'),
(5,'POINT (10.7350004 59.905)',5,'n','residential','residential','(unbalanced \',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"(unbalanced \\"}'),
(6,'POINT (10.7350005 59.905)',6,'n','residential','residential','endstream endobj',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"endstream endobj"}'),
(7,'POINT (10.7350006 59.905)',7,'n','residential','residential','שדרות רוטשילד',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"שדרות רוטשילד"}'),
(8,'POINT (10.7350007 59.905)',8,'n','residential','residential','😀 emoji 🧿',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"😀 emoji 🧿"}'),
(9,'POINT (10.7350008 59.905)',9,'n','residential','residential','line
break	tab',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"line\nbreak\ttab\r"}'),
(10,'POINT (10.7350009 59.905)',10,'n','residential','residential','"quoted" ''both''',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"\"quoted\" ''both''"}'),
(11,'POINT (10.735001 59.905)',11,'n','residential','residential','‮override',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"‮override\u2028"}'),
(12,'POINT (10.7350011 59.905)',12,'n','residential','residential',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":""}');
CREATE VIRTUAL TABLE "roads_point_rtree" USING rtree("fid", minx, maxx, miny, maxy);
INSERT INTO "roads_point_rtree" VALUES
(1,10.735,10.735,59.905,59.905),
(2,10.7350001,10.7350001,59.905,59.905),
(3,10.7350002,10.7350002,59.905,59.905),
(4,10.7350003,10.7350003,59.905,59.905),
(5,10.7350004,10.7350004,59.905,59.905),
(6,10.7350005,10.7350005,59.905,59.905),
(7,10.7350006,10.7350006,59.905,59.905),
(8,10.7350007,10.7350007,59.905,59.905),
(9,10.7350008,10.7350008,59.905,59.905),
(10,10.7350009,10.7350009,59.905,59.905),
(11,10.735001,10.735001,59.905,59.905),
(12,10.7350011,10.7350011,59.905,59.905);
CREATE INDEX "roads_point_osm_id" ON "roads_point" ("osm_id");
CREATE TABLE "roads_line" (
  "fid" INTEGER PRIMARY KEY,
  "geom" TEXT,
  "osm_id" INTEGER,
  "osm_type" TEXT,
  "class" TEXT,
  "type" TEXT,
  "name" TEXT,
  "layer_z" INTEGER,
  "ref" TEXT,
  "oneway" TEXT,
  "lanes" INTEGER,
  "maxspeed" REAL,
  "width" REAL,
  "surface" TEXT,
  "bridge" BOOLEAN,
  "tunnel" BOOLEAN,
  "access" TEXT,
  "bicycle" TEXT,
  "foot" TEXT,
  "service" TEXT,
  "tracktype" TEXT,
  "junction" TEXT,
  "tags" TEXT
);
INSERT INTO "roads_line" VALUES
(1,'LINESTRING (10.735 59.905,10.7350001 59.9055,10.74 59.906)',10,'w','residential','residential',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'{"highway":"residential"}'),
(2,'MULTILINESTRING ((10.735 59.905,10.7350001 59.9055,10.74 59.906),(10 59,11 60))',10,'w','residential','residential',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'{"highway":"residential"}');
CREATE VIRTUAL TABLE "roads_line_rtree" USING rtree("fid", minx, maxx, miny, maxy);
INSERT INTO "roads_line_rtree" VALUES
(1,10.735,10.74,59.905,59.906),
(2,10,11,59,60);
CREATE INDEX "roads_line_osm_id" ON "roads_line" ("osm_id");
CREATE TABLE "roads_area" (
  "fid" INTEGER PRIMARY KEY,
  "geom" TEXT,
  "osm_id" INTEGER,
  "osm_type" TEXT,
  "class" TEXT,
  "type" TEXT,
  "name" TEXT,
  "layer_z" INTEGER,
  "ref" TEXT,
  "oneway" TEXT,
  "lanes" INTEGER,
  "maxspeed" REAL,
  "width" REAL,
  "surface" TEXT,
  "bridge" BOOLEAN,
  "tunnel" BOOLEAN,
  "access" TEXT,
  "bicycle" TEXT,
  "foot" TEXT,
  "service" TEXT,
  "tracktype" TEXT,
  "junction" TEXT,
  "tags" TEXT
);
INSERT INTO "roads_area" VALUES
(1,'MULTIPOLYGON (((10.735 59.905,10.739 59.905,10.739 59.909,10.735 59.909,10.735 59.905),(10.736 59.906,10.736 59.907,10.737 59.907,10.737 59.906,10.736 59.906)),((10.741 59.905,10.741001 59.905,10.741001 59.905001,10.741 59.905001,10.741 59.905)))',9007199254740993,'r','residential','residential',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'{"highway":"residential"}');
CREATE VIRTUAL TABLE "roads_area_rtree" USING rtree("fid", minx, maxx, miny, maxy);
INSERT INTO "roads_area_rtree" VALUES
(1,10.735,10.741001,59.905,59.909);
CREATE INDEX "roads_area_osm_id" ON "roads_area" ("osm_id");
COMMIT;
ANALYZE;

-- © OpenStreetMap contributors, ODbL
-- https://opendatacommons.org/licenses/odbl/1-0/
-- {"mapwright":{"date":"2024-05-06T07:08:09Z","request":{},"style":"default","version":"0.0.0"}}
\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
BEGIN;
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE TABLE "public"."roads_point" (
  "fid" bigint PRIMARY KEY,
  "geom" geometry(Point, 4326),
  "osm_id" bigint,
  "osm_type" text,
  "class" text,
  "type" text,
  "name" text,
  "layer_z" bigint,
  "ref" text,
  "oneway" text,
  "lanes" bigint,
  "maxspeed" double precision,
  "width" double precision,
  "surface" text,
  "bridge" boolean,
  "tunnel" boolean,
  "access" text,
  "bicycle" text,
  "foot" text,
  "service" text,
  "tracktype" text,
  "junction" text,
  "tags" jsonb
);
COPY "public"."roads_point" ("fid", "geom", "osm_id", "osm_type", "class", "type", "name", "layer_z", "ref", "oneway", "lanes", "maxspeed", "width", "surface", "bridge", "tunnel", "access", "bicycle", "foot", "service", "tracktype", "junction", "tags") FROM stdin;
1	0101000020E6100000B81E85EB51782540A4703D0AD7F34D40	1	n	residential	residential	Åsgata 1 & 2 <b>	0	\N	\N	\N	\N	\N	\N	f	f	\N	\N	\N	\N	\N	\N	{"name":"Åsgata 1 & 2 <b>"}
2	0101000020E61000000C1DE0EE51782540A4703D0AD7F34D40	2	n	residential	residential	</text><script>alert(1)</script>	0	\N	\N	\N	\N	\N	\N	f	f	\N	\N	\N	\N	\N	\N	{"name":"</text><script>alert(1)</script>"}
3	0101000020E61000005F1B3BF251782540A4703D0AD7F34D40	3	n	residential	residential	abc	0	\N	\N	\N	\N	\N	\N	f	f	\N	\N	\N	\N	\N	\N	{"name":"ab\\u0001c"}
4	0101000020E6100000B21996F551782540A4703D0AD7F34D40	4	n	residential	residential	]]> --> ?>	0	\N	\N	\N	\N	\N	\N	f	f	\N	\N	\N	\N	\N	\N	{"name":"]]> --> ?>"}
5	0101000020E61000000618F1F851782540A4703D0AD7F34D40	5	n	residential	residential	(unbalanced \\	0	\N	\N	\N	\N	\N	\N	f	f	\N	\N	\N	\N	\N	\N	{"name":"(unbalanced \\\\"}
6	0101000020E610000059164CFC51782540A4703D0AD7F34D40	6	n	residential	residential	endstream endobj	0	\N	\N	\N	\N	\N	\N	f	f	\N	\N	\N	\N	\N	\N	{"name":"endstream endobj"}
7	0101000020E6100000AC14A7FF51782540A4703D0AD7F34D40	7	n	residential	residential	שדרות רוטשילד	0	\N	\N	\N	\N	\N	\N	f	f	\N	\N	\N	\N	\N	\N	{"name":"שדרות רוטשילד"}
8	0101000020E61000000013020352782540A4703D0AD7F34D40	8	n	residential	residential	😀 emoji 🧿	0	\N	\N	\N	\N	\N	\N	f	f	\N	\N	\N	\N	\N	\N	{"name":"😀 emoji 🧿"}
9	0101000020E610000053115D0652782540A4703D0AD7F34D40	9	n	residential	residential	line\nbreak\ttab	0	\N	\N	\N	\N	\N	\N	f	f	\N	\N	\N	\N	\N	\N	{"name":"line\\nbreak\\ttab\\r"}
10	0101000020E6100000A60FB80952782540A4703D0AD7F34D40	10	n	residential	residential	"quoted" 'both'	0	\N	\N	\N	\N	\N	\N	f	f	\N	\N	\N	\N	\N	\N	{"name":"\\"quoted\\" 'both'"}
11	0101000020E6100000FA0D130D52782540A4703D0AD7F34D40	11	n	residential	residential	‮override	0	\N	\N	\N	\N	\N	\N	f	f	\N	\N	\N	\N	\N	\N	{"name":"‮override\\u2028"}
12	0101000020E61000004D0C6E1052782540A4703D0AD7F34D40	12	n	residential	residential	\N	0	\N	\N	\N	\N	\N	\N	f	f	\N	\N	\N	\N	\N	\N	{"name":""}
\.
CREATE INDEX "roads_point_geom" ON "public"."roads_point" USING gist ("geom");
COMMENT ON TABLE "public"."roads_point" IS 'Data of OpenStreetMap, 2024-05-06T07:08:09Z; © OpenStreetMap contributors, ODbL';
COMMENT ON COLUMN "public"."roads_point"."osm_id" IS 'Number of the element in OpenStreetMap';
COMMENT ON COLUMN "public"."roads_point"."osm_type" IS 'Kind of the element: n for a node, w for a way, r for a relation';
COMMENT ON COLUMN "public"."roads_point"."class" IS 'Class within the layer';
COMMENT ON COLUMN "public"."roads_point"."type" IS 'Value of the tag that gave the class';
COMMENT ON COLUMN "public"."roads_point"."name" IS 'Name in the language that was asked for, else the local one';
COMMENT ON COLUMN "public"."roads_point"."layer_z" IS 'Level, from the tag layer; bridges without one are at 1, tunnels at -1';
COMMENT ON COLUMN "public"."roads_point"."ref" IS 'From the tag ref';
COMMENT ON COLUMN "public"."roads_point"."oneway" IS 'From the tag oneway';
COMMENT ON COLUMN "public"."roads_point"."lanes" IS 'From the tag lanes';
COMMENT ON COLUMN "public"."roads_point"."maxspeed" IS 'From the tag maxspeed, km/h';
COMMENT ON COLUMN "public"."roads_point"."width" IS 'From the tag width, metres';
COMMENT ON COLUMN "public"."roads_point"."surface" IS 'From the tag surface';
COMMENT ON COLUMN "public"."roads_point"."bridge" IS 'From the tag bridge';
COMMENT ON COLUMN "public"."roads_point"."tunnel" IS 'From the tag tunnel';
COMMENT ON COLUMN "public"."roads_point"."access" IS 'From the tag access';
COMMENT ON COLUMN "public"."roads_point"."bicycle" IS 'From the tag bicycle';
COMMENT ON COLUMN "public"."roads_point"."foot" IS 'From the tag foot';
COMMENT ON COLUMN "public"."roads_point"."service" IS 'From the tag service';
COMMENT ON COLUMN "public"."roads_point"."tracktype" IS 'From the tag tracktype';
COMMENT ON COLUMN "public"."roads_point"."junction" IS 'From the tag junction';
COMMENT ON COLUMN "public"."roads_point"."tags" IS 'All tags as a JSON object';
CREATE INDEX "roads_point_osm_id" ON "public"."roads_point" ("osm_id");
CREATE TABLE "public"."roads_line" (
  "fid" bigint PRIMARY KEY,
  "geom" geometry(MultiLineString, 4326),
  "osm_id" bigint,
  "osm_type" text,
  "class" text,
  "type" text,
  "name" text,
  "layer_z" bigint,
  "ref" text,
  "oneway" text,
  "lanes" bigint,
  "maxspeed" double precision,
  "width" double precision,
  "surface" text,
  "bridge" boolean,
  "tunnel" boolean,
  "access" text,
  "bicycle" text,
  "foot" text,
  "service" text,
  "tracktype" text,
  "junction" text,
  "tags" jsonb
);
COPY "public"."roads_line" ("fid", "geom", "osm_id", "osm_type", "class", "type", "name", "layer_z", "ref", "oneway", "lanes", "maxspeed", "width", "surface", "bridge", "tunnel", "access", "bicycle", "foot", "service", "tracktype", "junction", "tags") FROM stdin;
1	0105000020E610000001000000010200000003000000B81E85EB51782540A4703D0AD7F34D400C1DE0EE5178254096438B6CE7F34D407B14AE47E17A25408716D9CEF7F34D40	10	w	residential	residential	\N	0	\N	\N	\N	\N	\N	\N	f	f	\N	\N	\N	\N	\N	\N	{"highway":"residential"}
2	0105000020E610000002000000010200000003000000B81E85EB51782540A4703D0AD7F34D400C1DE0EE5178254096438B6CE7F34D407B14AE47E17A25408716D9CEF7F34D4001020000000200000000000000000024400000000000804D4000000000000026400000000000004E40	10	w	residential	residential	\N	0	\N	\N	\N	\N	\N	\N	f	f	\N	\N	\N	\N	\N	\N	{"highway":"residential"}
\.
CREATE INDEX "roads_line_geom" ON "public"."roads_line" USING gist ("geom");
COMMENT ON TABLE "public"."roads_line" IS 'Data of OpenStreetMap, 2024-05-06T07:08:09Z; © OpenStreetMap contributors, ODbL';
COMMENT ON COLUMN "public"."roads_line"."osm_id" IS 'Number of the element in OpenStreetMap';
COMMENT ON COLUMN "public"."roads_line"."osm_type" IS 'Kind of the element: n for a node, w for a way, r for a relation';
COMMENT ON COLUMN "public"."roads_line"."class" IS 'Class within the layer';
COMMENT ON COLUMN "public"."roads_line"."type" IS 'Value of the tag that gave the class';
COMMENT ON COLUMN "public"."roads_line"."name" IS 'Name in the language that was asked for, else the local one';
COMMENT ON COLUMN "public"."roads_line"."layer_z" IS 'Level, from the tag layer; bridges without one are at 1, tunnels at -1';
COMMENT ON COLUMN "public"."roads_line"."ref" IS 'From the tag ref';
COMMENT ON COLUMN "public"."roads_line"."oneway" IS 'From the tag oneway';
COMMENT ON COLUMN "public"."roads_line"."lanes" IS 'From the tag lanes';
COMMENT ON COLUMN "public"."roads_line"."maxspeed" IS 'From the tag maxspeed, km/h';
COMMENT ON COLUMN "public"."roads_line"."width" IS 'From the tag width, metres';
COMMENT ON COLUMN "public"."roads_line"."surface" IS 'From the tag surface';
COMMENT ON COLUMN "public"."roads_line"."bridge" IS 'From the tag bridge';
COMMENT ON COLUMN "public"."roads_line"."tunnel" IS 'From the tag tunnel';
COMMENT ON COLUMN "public"."roads_line"."access" IS 'From the tag access';
COMMENT ON COLUMN "public"."roads_line"."bicycle" IS 'From the tag bicycle';
COMMENT ON COLUMN "public"."roads_line"."foot" IS 'From the tag foot';
COMMENT ON COLUMN "public"."roads_line"."service" IS 'From the tag service';
COMMENT ON COLUMN "public"."roads_line"."tracktype" IS 'From the tag tracktype';
COMMENT ON COLUMN "public"."roads_line"."junction" IS 'From the tag junction';
COMMENT ON COLUMN "public"."roads_line"."tags" IS 'All tags as a JSON object';
CREATE INDEX "roads_line_osm_id" ON "public"."roads_line" ("osm_id");
CREATE TABLE "public"."roads_area" (
  "fid" bigint PRIMARY KEY,
  "geom" geometry(MultiPolygon, 4326),
  "osm_id" bigint,
  "osm_type" text,
  "class" text,
  "type" text,
  "name" text,
  "layer_z" bigint,
  "ref" text,
  "oneway" text,
  "lanes" bigint,
  "maxspeed" double precision,
  "width" double precision,
  "surface" text,
  "bridge" boolean,
  "tunnel" boolean,
  "access" text,
  "bicycle" text,
  "foot" text,
  "service" text,
  "tracktype" text,
  "junction" text,
  "tags" jsonb
);
COPY "public"."roads_area" ("fid", "geom", "osm_id", "osm_type", "class", "type", "name", "layer_z", "ref", "oneway", "lanes", "maxspeed", "width", "surface", "bridge", "tunnel", "access", "bicycle", "foot", "service", "tracktype", "junction", "tags") FROM stdin;
1	0106000020E61000000200000001030000000200000005000000B81E85EB51782540A4703D0AD7F34D40EE7C3F355E7A2540A4703D0AD7F34D40EE7C3F355E7A25403108AC1C5AF44D40B81E85EB517825403108AC1C5AF44D40B81E85EB51782540A4703D0AD7F34D400500000046B6F3FDD47825408716D9CEF7F34D4046B6F3FDD47825406ABC749318F44D40D34D6210587925406ABC749318F44D40D34D6210587925408716D9CEF7F34D4046B6F3FDD47825408716D9CEF7F34D400103000000010000000500000008AC1C5A647B2540A4703D0AD7F34D404A9BAA7B647B2540A4703D0AD7F34D404A9BAA7B647B254074ECA012D7F34D4008AC1C5A647B254074ECA012D7F34D4008AC1C5A647B2540A4703D0AD7F34D40	9007199254740993	r	residential	residential	\N	0	\N	\N	\N	\N	\N	\N	f	f	\N	\N	\N	\N	\N	\N	{"highway":"residential"}
\.
CREATE INDEX "roads_area_geom" ON "public"."roads_area" USING gist ("geom");
COMMENT ON TABLE "public"."roads_area" IS 'Data of OpenStreetMap, 2024-05-06T07:08:09Z; © OpenStreetMap contributors, ODbL';
COMMENT ON COLUMN "public"."roads_area"."osm_id" IS 'Number of the element in OpenStreetMap';
COMMENT ON COLUMN "public"."roads_area"."osm_type" IS 'Kind of the element: n for a node, w for a way, r for a relation';
COMMENT ON COLUMN "public"."roads_area"."class" IS 'Class within the layer';
COMMENT ON COLUMN "public"."roads_area"."type" IS 'Value of the tag that gave the class';
COMMENT ON COLUMN "public"."roads_area"."name" IS 'Name in the language that was asked for, else the local one';
COMMENT ON COLUMN "public"."roads_area"."layer_z" IS 'Level, from the tag layer; bridges without one are at 1, tunnels at -1';
COMMENT ON COLUMN "public"."roads_area"."ref" IS 'From the tag ref';
COMMENT ON COLUMN "public"."roads_area"."oneway" IS 'From the tag oneway';
COMMENT ON COLUMN "public"."roads_area"."lanes" IS 'From the tag lanes';
COMMENT ON COLUMN "public"."roads_area"."maxspeed" IS 'From the tag maxspeed, km/h';
COMMENT ON COLUMN "public"."roads_area"."width" IS 'From the tag width, metres';
COMMENT ON COLUMN "public"."roads_area"."surface" IS 'From the tag surface';
COMMENT ON COLUMN "public"."roads_area"."bridge" IS 'From the tag bridge';
COMMENT ON COLUMN "public"."roads_area"."tunnel" IS 'From the tag tunnel';
COMMENT ON COLUMN "public"."roads_area"."access" IS 'From the tag access';
COMMENT ON COLUMN "public"."roads_area"."bicycle" IS 'From the tag bicycle';
COMMENT ON COLUMN "public"."roads_area"."foot" IS 'From the tag foot';
COMMENT ON COLUMN "public"."roads_area"."service" IS 'From the tag service';
COMMENT ON COLUMN "public"."roads_area"."tracktype" IS 'From the tag tracktype';
COMMENT ON COLUMN "public"."roads_area"."junction" IS 'From the tag junction';
COMMENT ON COLUMN "public"."roads_area"."tags" IS 'All tags as a JSON object';
CREATE INDEX "roads_area_osm_id" ON "public"."roads_area" ("osm_id");
COMMIT;
ANALYZE "public"."roads_point";
ANALYZE "public"."roads_line";
ANALYZE "public"."roads_area";

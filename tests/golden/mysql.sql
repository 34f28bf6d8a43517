-- © OpenStreetMap contributors, ODbL
-- https://opendatacommons.org/licenses/odbl/1-0/
-- {"mapwright":{"date":"2024-05-06T07:08:09Z","request":{},"style":"default","version":"0.0.0"}}
SET NAMES utf8mb4;
SET sql_mode = '';
START TRANSACTION;
CREATE TABLE `roads_point` (
  `fid` bigint NOT NULL PRIMARY KEY,
  `geom` geometry NOT NULL /*!80003 SRID 0 */,
  `osm_id` bigint COMMENT 'Number of the element in OpenStreetMap',
  `osm_type` text COMMENT 'Kind of the element: n for a node, w for a way, r for a relation',
  `class` text COMMENT 'Class within the layer',
  `type` text COMMENT 'Value of the tag that gave the class',
  `name` text COMMENT 'Name in the language that was asked for, else the local one',
  `layer_z` bigint COMMENT 'Level, from the tag layer; bridges without one are at 1, tunnels at -1',
  `ref` text COMMENT 'From the tag ref',
  `oneway` text COMMENT 'From the tag oneway',
  `lanes` bigint COMMENT 'From the tag lanes',
  `maxspeed` double COMMENT 'From the tag maxspeed, km/h',
  `width` double COMMENT 'From the tag width, metres',
  `surface` text COMMENT 'From the tag surface',
  `bridge` boolean COMMENT 'From the tag bridge',
  `tunnel` boolean COMMENT 'From the tag tunnel',
  `access` text COMMENT 'From the tag access',
  `bicycle` text COMMENT 'From the tag bicycle',
  `foot` text COMMENT 'From the tag foot',
  `service` text COMMENT 'From the tag service',
  `tracktype` text COMMENT 'From the tag tracktype',
  `junction` text COMMENT 'From the tag junction',
  `tags` json COMMENT 'All tags as a JSON object'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='Data of OpenStreetMap, 2024-05-06T07:08:09Z; © OpenStreetMap contributors, ODbL';
INSERT INTO `roads_point` VALUES
(1,ST_GeomFromWKB(x'0101000000B81E85EB51782540A4703D0AD7F34D40'),1,'n','residential','residential','Åsgata 1 & 2 <b>',0,NULL,NULL,NULL,NULL,NULL,NULL,false,false,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"Åsgata 1 & 2 <b>"}'),
(2,ST_GeomFromWKB(x'01010000000C1DE0EE51782540A4703D0AD7F34D40'),2,'n','residential','residential','</text><script>alert(1)</script>',0,NULL,NULL,NULL,NULL,NULL,NULL,false,false,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"</text><script>alert(1)</script>"}'),
(3,ST_GeomFromWKB(x'01010000005F1B3BF251782540A4703D0AD7F34D40'),3,'n','residential','residential','abc',0,NULL,NULL,NULL,NULL,NULL,NULL,false,false,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"ab\\u0001c"}'),
(4,ST_GeomFromWKB(x'0101000000B21996F551782540A4703D0AD7F34D40'),4,'n','residential','residential',']]> --> ?>',0,NULL,NULL,NULL,NULL,NULL,NULL,false,false,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"]]> --> ?>"}'),
(5,ST_GeomFromWKB(x'01010000000618F1F851782540A4703D0AD7F34D40'),5,'n','residential','residential','(unbalanced \\',0,NULL,NULL,NULL,NULL,NULL,NULL,false,false,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"(unbalanced \\\\"}'),
(6,ST_GeomFromWKB(x'010100000059164CFC51782540A4703D0AD7F34D40'),6,'n','residential','residential','endstream endobj',0,NULL,NULL,NULL,NULL,NULL,NULL,false,false,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"endstream endobj"}'),
(7,ST_GeomFromWKB(x'0101000000AC14A7FF51782540A4703D0AD7F34D40'),7,'n','residential','residential','שדרות רוטשילד',0,NULL,NULL,NULL,NULL,NULL,NULL,false,false,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"שדרות רוטשילד"}'),
(8,ST_GeomFromWKB(x'01010000000013020352782540A4703D0AD7F34D40'),8,'n','residential','residential','😀 emoji 🧿',0,NULL,NULL,NULL,NULL,NULL,NULL,false,false,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"😀 emoji 🧿"}'),
(9,ST_GeomFromWKB(x'010100000053115D0652782540A4703D0AD7F34D40'),9,'n','residential','residential','line\nbreak	tab',0,NULL,NULL,NULL,NULL,NULL,NULL,false,false,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"line\\nbreak\\ttab\\r"}'),
(10,ST_GeomFromWKB(x'0101000000A60FB80952782540A4703D0AD7F34D40'),10,'n','residential','residential','"quoted" ''both''',0,NULL,NULL,NULL,NULL,NULL,NULL,false,false,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"\\"quoted\\" ''both''"}'),
(11,ST_GeomFromWKB(x'0101000000FA0D130D52782540A4703D0AD7F34D40'),11,'n','residential','residential','‮override',0,NULL,NULL,NULL,NULL,NULL,NULL,false,false,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":"‮override\\u2028"}'),
(12,ST_GeomFromWKB(x'01010000004D0C6E1052782540A4703D0AD7F34D40'),12,'n','residential','residential',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,false,false,NULL,NULL,NULL,NULL,NULL,NULL,'{"name":""}');
CREATE SPATIAL INDEX `roads_point_geom` ON `roads_point` (`geom`);
CREATE INDEX `roads_point_osm_id` ON `roads_point` (`osm_id`);
CREATE TABLE `roads_line` (
  `fid` bigint NOT NULL PRIMARY KEY,
  `geom` geometry NOT NULL /*!80003 SRID 0 */,
  `osm_id` bigint COMMENT 'Number of the element in OpenStreetMap',
  `osm_type` text COMMENT 'Kind of the element: n for a node, w for a way, r for a relation',
  `class` text COMMENT 'Class within the layer',
  `type` text COMMENT 'Value of the tag that gave the class',
  `name` text COMMENT 'Name in the language that was asked for, else the local one',
  `layer_z` bigint COMMENT 'Level, from the tag layer; bridges without one are at 1, tunnels at -1',
  `ref` text COMMENT 'From the tag ref',
  `oneway` text COMMENT 'From the tag oneway',
  `lanes` bigint COMMENT 'From the tag lanes',
  `maxspeed` double COMMENT 'From the tag maxspeed, km/h',
  `width` double COMMENT 'From the tag width, metres',
  `surface` text COMMENT 'From the tag surface',
  `bridge` boolean COMMENT 'From the tag bridge',
  `tunnel` boolean COMMENT 'From the tag tunnel',
  `access` text COMMENT 'From the tag access',
  `bicycle` text COMMENT 'From the tag bicycle',
  `foot` text COMMENT 'From the tag foot',
  `service` text COMMENT 'From the tag service',
  `tracktype` text COMMENT 'From the tag tracktype',
  `junction` text COMMENT 'From the tag junction',
  `tags` json COMMENT 'All tags as a JSON object'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='Data of OpenStreetMap, 2024-05-06T07:08:09Z; © OpenStreetMap contributors, ODbL';
INSERT INTO `roads_line` VALUES
(1,ST_GeomFromWKB(x'010500000001000000010200000003000000B81E85EB51782540A4703D0AD7F34D400C1DE0EE5178254096438B6CE7F34D407B14AE47E17A25408716D9CEF7F34D40'),10,'w','residential','residential',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,false,false,NULL,NULL,NULL,NULL,NULL,NULL,'{"highway":"residential"}'),
(2,ST_GeomFromWKB(x'010500000002000000010200000003000000B81E85EB51782540A4703D0AD7F34D400C1DE0EE5178254096438B6CE7F34D407B14AE47E17A25408716D9CEF7F34D4001020000000200000000000000000024400000000000804D4000000000000026400000000000004E40'),10,'w','residential','residential',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,false,false,NULL,NULL,NULL,NULL,NULL,NULL,'{"highway":"residential"}');
CREATE SPATIAL INDEX `roads_line_geom` ON `roads_line` (`geom`);
CREATE INDEX `roads_line_osm_id` ON `roads_line` (`osm_id`);
CREATE TABLE `roads_area` (
  `fid` bigint NOT NULL PRIMARY KEY,
  `geom` geometry NOT NULL /*!80003 SRID 0 */,
  `osm_id` bigint COMMENT 'Number of the element in OpenStreetMap',
  `osm_type` text COMMENT 'Kind of the element: n for a node, w for a way, r for a relation',
  `class` text COMMENT 'Class within the layer',
  `type` text COMMENT 'Value of the tag that gave the class',
  `name` text COMMENT 'Name in the language that was asked for, else the local one',
  `layer_z` bigint COMMENT 'Level, from the tag layer; bridges without one are at 1, tunnels at -1',
  `ref` text COMMENT 'From the tag ref',
  `oneway` text COMMENT 'From the tag oneway',
  `lanes` bigint COMMENT 'From the tag lanes',
  `maxspeed` double COMMENT 'From the tag maxspeed, km/h',
  `width` double COMMENT 'From the tag width, metres',
  `surface` text COMMENT 'From the tag surface',
  `bridge` boolean COMMENT 'From the tag bridge',
  `tunnel` boolean COMMENT 'From the tag tunnel',
  `access` text COMMENT 'From the tag access',
  `bicycle` text COMMENT 'From the tag bicycle',
  `foot` text COMMENT 'From the tag foot',
  `service` text COMMENT 'From the tag service',
  `tracktype` text COMMENT 'From the tag tracktype',
  `junction` text COMMENT 'From the tag junction',
  `tags` json COMMENT 'All tags as a JSON object'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='Data of OpenStreetMap, 2024-05-06T07:08:09Z; © OpenStreetMap contributors, ODbL';
INSERT INTO `roads_area` VALUES
(1,ST_GeomFromWKB(x'01060000000200000001030000000200000005000000B81E85EB51782540A4703D0AD7F34D40EE7C3F355E7A2540A4703D0AD7F34D40EE7C3F355E7A25403108AC1C5AF44D40B81E85EB517825403108AC1C5AF44D40B81E85EB51782540A4703D0AD7F34D400500000046B6F3FDD47825408716D9CEF7F34D4046B6F3FDD47825406ABC749318F44D40D34D6210587925406ABC749318F44D40D34D6210587925408716D9CEF7F34D4046B6F3FDD47825408716D9CEF7F34D400103000000010000000500000008AC1C5A647B2540A4703D0AD7F34D404A9BAA7B647B2540A4703D0AD7F34D404A9BAA7B647B254074ECA012D7F34D4008AC1C5A647B254074ECA012D7F34D4008AC1C5A647B2540A4703D0AD7F34D40'),9007199254740993,'r','residential','residential',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,false,false,NULL,NULL,NULL,NULL,NULL,NULL,'{"highway":"residential"}');
CREATE SPATIAL INDEX `roads_area_geom` ON `roads_area` (`geom`);
CREATE INDEX `roads_area_osm_id` ON `roads_area` (`osm_id`);
COMMIT;

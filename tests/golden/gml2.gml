<?xml version="1.0" encoding="UTF-8"?>
<!-- {"mapwright":{"date":"2024-05-06T07:08:09Z","request":{},"style":"default","version":"0.0.0"}} -->
<map:FeatureCollection xmlns:map="urn:mapwright:map" xmlns:gml="http://www.opengis.net/gml" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/gml http://schemas.opengis.net/gml/2.1.2/feature.xsd">
<gml:description>© OpenStreetMap contributors, ODbL</gml:description>
<gml:name>map</gml:name>
<gml:boundedBy><gml:Box srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">
<gml:coordinates>10,59 11,60</gml:coordinates></gml:Box></gml:boundedBy>
<gml:featureMember>
<map:roads_point fid="roads_point.n1">
<map:osm_id>1</map:osm_id>
<map:osm_type>n</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:name>Åsgata 1 &amp; 2 &lt;b&gt;</map:name>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;name&quot;:&quot;Åsgata 1 &amp; 2 &lt;b&gt;&quot;}</map:tags>
<map:geometry>
<gml:Point srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">
<gml:coordinates>10.735,59.905</gml:coordinates>
</gml:Point>
</map:geometry>
</map:roads_point>
</gml:featureMember>
<gml:featureMember>
<map:roads_point fid="roads_point.n2">
<map:osm_id>2</map:osm_id>
<map:osm_type>n</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:name>&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;</map:name>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;name&quot;:&quot;&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;}</map:tags>
<map:geometry>
<gml:Point srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">
<gml:coordinates>10.7350001,59.905</gml:coordinates>
</gml:Point>
</map:geometry>
</map:roads_point>
</gml:featureMember>
<gml:featureMember>
<map:roads_point fid="roads_point.n3">
<map:osm_id>3</map:osm_id>
<map:osm_type>n</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:name>abc</map:name>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;name&quot;:&quot;ab\u0001c&quot;}</map:tags>
<map:geometry>
<gml:Point srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">
<gml:coordinates>10.7350002,59.905</gml:coordinates>
</gml:Point>
</map:geometry>
</map:roads_point>
</gml:featureMember>
<gml:featureMember>
<map:roads_point fid="roads_point.n4">
<map:osm_id>4</map:osm_id>
<map:osm_type>n</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:name>]]&gt; --&gt; ?&gt;</map:name>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;name&quot;:&quot;]]&gt; --&gt; ?&gt;&quot;}</map:tags>
<map:geometry>
<gml:Point srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">
<gml:coordinates>10.7350003,59.905</gml:coordinates>
</gml:Point>
</map:geometry>
</map:roads_point>
</gml:featureMember>
<gml:featureMember>
<map:roads_point fid="roads_point.n5">
<map:osm_id>5</map:osm_id>
<map:osm_type>n</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:name>(unbalanced \</map:name>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;name&quot;:&quot;(unbalanced \\&quot;}</map:tags>
<map:geometry>
<gml:Point srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">
<gml:coordinates>10.7350004,59.905</gml:coordinates>
</gml:Point>
</map:geometry>
</map:roads_point>
</gml:featureMember>
<gml:featureMember>
<map:roads_point fid="roads_point.n6">
<map:osm_id>6</map:osm_id>
<map:osm_type>n</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:name>endstream endobj</map:name>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;name&quot;:&quot;endstream endobj&quot;}</map:tags>
<map:geometry>
<gml:Point srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">
<gml:coordinates>10.7350005,59.905</gml:coordinates>
</gml:Point>
</map:geometry>
</map:roads_point>
</gml:featureMember>
<gml:featureMember>
<map:roads_point fid="roads_point.n7">
<map:osm_id>7</map:osm_id>
<map:osm_type>n</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:name>שדרות רוטשילד</map:name>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;name&quot;:&quot;שדרות רוטשילד&quot;}</map:tags>
<map:geometry>
<gml:Point srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">
<gml:coordinates>10.7350006,59.905</gml:coordinates>
</gml:Point>
</map:geometry>
</map:roads_point>
</gml:featureMember>
<gml:featureMember>
<map:roads_point fid="roads_point.n8">
<map:osm_id>8</map:osm_id>
<map:osm_type>n</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:name>😀 emoji 🧿</map:name>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;name&quot;:&quot;😀 emoji 🧿&quot;}</map:tags>
<map:geometry>
<gml:Point srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">
<gml:coordinates>10.7350007,59.905</gml:coordinates>
</gml:Point>
</map:geometry>
</map:roads_point>
</gml:featureMember>
<gml:featureMember>
<map:roads_point fid="roads_point.n9">
<map:osm_id>9</map:osm_id>
<map:osm_type>n</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:name>line&#10;break&#9;tab</map:name>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;name&quot;:&quot;line\nbreak\ttab\r&quot;}</map:tags>
<map:geometry>
<gml:Point srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">
<gml:coordinates>10.7350008,59.905</gml:coordinates>
</gml:Point>
</map:geometry>
</map:roads_point>
</gml:featureMember>
<gml:featureMember>
<map:roads_point fid="roads_point.n10">
<map:osm_id>10</map:osm_id>
<map:osm_type>n</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:name>&quot;quoted&quot; 'both'</map:name>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;name&quot;:&quot;\&quot;quoted\&quot; 'both'&quot;}</map:tags>
<map:geometry>
<gml:Point srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">
<gml:coordinates>10.7350009,59.905</gml:coordinates>
</gml:Point>
</map:geometry>
</map:roads_point>
</gml:featureMember>
<gml:featureMember>
<map:roads_point fid="roads_point.n11">
<map:osm_id>11</map:osm_id>
<map:osm_type>n</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:name>‮override</map:name>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;name&quot;:&quot;‮override\u2028&quot;}</map:tags>
<map:geometry>
<gml:Point srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">
<gml:coordinates>10.735001,59.905</gml:coordinates>
</gml:Point>
</map:geometry>
</map:roads_point>
</gml:featureMember>
<gml:featureMember>
<map:roads_point fid="roads_point.n12">
<map:osm_id>12</map:osm_id>
<map:osm_type>n</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;name&quot;:&quot;&quot;}</map:tags>
<map:geometry>
<gml:Point srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">
<gml:coordinates>10.7350011,59.905</gml:coordinates>
</gml:Point>
</map:geometry>
</map:roads_point>
</gml:featureMember>
<gml:featureMember>
<map:roads_line fid="roads_line.w10">
<map:osm_id>10</map:osm_id>
<map:osm_type>w</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;highway&quot;:&quot;residential&quot;}</map:tags>
<map:geometry>
<gml:MultiLineString srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">
<gml:lineStringMember>
<gml:LineString>
<gml:coordinates>10.735,59.905 10.7350001,59.9055 10.74,59.906</gml:coordinates>
</gml:LineString>
</gml:lineStringMember>
</gml:MultiLineString>
</map:geometry>
</map:roads_line>
</gml:featureMember>
<gml:featureMember>
<map:roads_line fid="roads_line.w10.1">
<map:osm_id>10</map:osm_id>
<map:osm_type>w</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;highway&quot;:&quot;residential&quot;}</map:tags>
<map:geometry>
<gml:MultiLineString srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">
<gml:lineStringMember>
<gml:LineString>
<gml:coordinates>10.735,59.905 10.7350001,59.9055 10.74,59.906</gml:coordinates>
</gml:LineString>
</gml:lineStringMember>
<gml:lineStringMember>
<gml:LineString>
<gml:coordinates>10,59 11,60</gml:coordinates>
</gml:LineString>
</gml:lineStringMember>
</gml:MultiLineString>
</map:geometry>
</map:roads_line>
</gml:featureMember>
<gml:featureMember>
<map:roads_area fid="roads_area.r9007199254740993">
<map:osm_id>9007199254740993</map:osm_id>
<map:osm_type>r</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;highway&quot;:&quot;residential&quot;}</map:tags>
<map:geometry>
<gml:MultiPolygon srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">
<gml:polygonMember>
<gml:Polygon>
<gml:outerBoundaryIs><gml:LinearRing>
<gml:coordinates>10.735,59.905 10.739,59.905 10.739,59.909 10.735,59.909 10.735,59.905</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs>
<gml:innerBoundaryIs><gml:LinearRing>
<gml:coordinates>10.736,59.906 10.736,59.907 10.737,59.907 10.737,59.906 10.736,59.906</gml:coordinates></gml:LinearRing></gml:innerBoundaryIs>
</gml:Polygon>
</gml:polygonMember>
<gml:polygonMember>
<gml:Polygon>
<gml:outerBoundaryIs><gml:LinearRing>
<gml:coordinates>10.741,59.905 10.741001,59.905 10.741001,59.905001 10.741,59.905001 10.741,59.905</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs>
</gml:Polygon>
</gml:polygonMember>
</gml:MultiPolygon>
</map:geometry>
</map:roads_area>
</gml:featureMember>
</map:FeatureCollection>

<?xml version="1.0" encoding="UTF-8"?>
<!-- {"mapwright":{"date":"2024-05-06T07:08:09Z","request":{},"style":"default","version":"0.0.0"}} -->
<map:FeatureCollection xmlns:map="urn:mapwright:map" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/gml/3.2 http://schemas.opengis.net/gml/3.2.1/gml.xsd" gml:id="map">
<gml:description>© OpenStreetMap contributors, ODbL</gml:description>
<gml:name>map</gml:name>
<gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::4326">
<gml:lowerCorner>59 10</gml:lowerCorner>
<gml:upperCorner>60 11</gml:upperCorner></gml:Envelope></gml:boundedBy>
<map:featureMember>
<map:roads_point gml:id="roads_point.n1">
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
<gml:Point gml:id="roads_point.n1.g" srsName="urn:ogc:def:crs:EPSG::4326">
<gml:pos>59.905 10.735</gml:pos>
</gml:Point>
</map:geometry>
</map:roads_point>
</map:featureMember>
<map:featureMember>
<map:roads_point gml:id="roads_point.n2">
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
<gml:Point gml:id="roads_point.n2.g" srsName="urn:ogc:def:crs:EPSG::4326">
<gml:pos>59.905 10.7350001</gml:pos>
</gml:Point>
</map:geometry>
</map:roads_point>
</map:featureMember>
<map:featureMember>
<map:roads_point gml:id="roads_point.n3">
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
<gml:Point gml:id="roads_point.n3.g" srsName="urn:ogc:def:crs:EPSG::4326">
<gml:pos>59.905 10.7350002</gml:pos>
</gml:Point>
</map:geometry>
</map:roads_point>
</map:featureMember>
<map:featureMember>
<map:roads_point gml:id="roads_point.n4">
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
<gml:Point gml:id="roads_point.n4.g" srsName="urn:ogc:def:crs:EPSG::4326">
<gml:pos>59.905 10.7350003</gml:pos>
</gml:Point>
</map:geometry>
</map:roads_point>
</map:featureMember>
<map:featureMember>
<map:roads_point gml:id="roads_point.n5">
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
<gml:Point gml:id="roads_point.n5.g" srsName="urn:ogc:def:crs:EPSG::4326">
<gml:pos>59.905 10.7350004</gml:pos>
</gml:Point>
</map:geometry>
</map:roads_point>
</map:featureMember>
<map:featureMember>
<map:roads_point gml:id="roads_point.n6">
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
<gml:Point gml:id="roads_point.n6.g" srsName="urn:ogc:def:crs:EPSG::4326">
<gml:pos>59.905 10.7350005</gml:pos>
</gml:Point>
</map:geometry>
</map:roads_point>
</map:featureMember>
<map:featureMember>
<map:roads_point gml:id="roads_point.n7">
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
<gml:Point gml:id="roads_point.n7.g" srsName="urn:ogc:def:crs:EPSG::4326">
<gml:pos>59.905 10.7350006</gml:pos>
</gml:Point>
</map:geometry>
</map:roads_point>
</map:featureMember>
<map:featureMember>
<map:roads_point gml:id="roads_point.n8">
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
<gml:Point gml:id="roads_point.n8.g" srsName="urn:ogc:def:crs:EPSG::4326">
<gml:pos>59.905 10.7350007</gml:pos>
</gml:Point>
</map:geometry>
</map:roads_point>
</map:featureMember>
<map:featureMember>
<map:roads_point gml:id="roads_point.n9">
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
<gml:Point gml:id="roads_point.n9.g" srsName="urn:ogc:def:crs:EPSG::4326">
<gml:pos>59.905 10.7350008</gml:pos>
</gml:Point>
</map:geometry>
</map:roads_point>
</map:featureMember>
<map:featureMember>
<map:roads_point gml:id="roads_point.n10">
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
<gml:Point gml:id="roads_point.n10.g" srsName="urn:ogc:def:crs:EPSG::4326">
<gml:pos>59.905 10.7350009</gml:pos>
</gml:Point>
</map:geometry>
</map:roads_point>
</map:featureMember>
<map:featureMember>
<map:roads_point gml:id="roads_point.n11">
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
<gml:Point gml:id="roads_point.n11.g" srsName="urn:ogc:def:crs:EPSG::4326">
<gml:pos>59.905 10.735001</gml:pos>
</gml:Point>
</map:geometry>
</map:roads_point>
</map:featureMember>
<map:featureMember>
<map:roads_point gml:id="roads_point.n12">
<map:osm_id>12</map:osm_id>
<map:osm_type>n</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;name&quot;:&quot;&quot;}</map:tags>
<map:geometry>
<gml:Point gml:id="roads_point.n12.g" srsName="urn:ogc:def:crs:EPSG::4326">
<gml:pos>59.905 10.7350011</gml:pos>
</gml:Point>
</map:geometry>
</map:roads_point>
</map:featureMember>
<map:featureMember>
<map:roads_line gml:id="roads_line.w10">
<map:osm_id>10</map:osm_id>
<map:osm_type>w</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;highway&quot;:&quot;residential&quot;}</map:tags>
<map:geometry>
<gml:MultiCurve gml:id="roads_line.w10.g" srsName="urn:ogc:def:crs:EPSG::4326">
<gml:curveMember>
<gml:LineString gml:id="roads_line.w10.g.1">
<gml:posList>59.905 10.735 59.9055 10.7350001 59.906 10.74</gml:posList>
</gml:LineString>
</gml:curveMember>
</gml:MultiCurve>
</map:geometry>
</map:roads_line>
</map:featureMember>
<map:featureMember>
<map:roads_line gml:id="roads_line.w10.1">
<map:osm_id>10</map:osm_id>
<map:osm_type>w</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;highway&quot;:&quot;residential&quot;}</map:tags>
<map:geometry>
<gml:MultiCurve gml:id="roads_line.w10.1.g" srsName="urn:ogc:def:crs:EPSG::4326">
<gml:curveMember>
<gml:LineString gml:id="roads_line.w10.1.g.1">
<gml:posList>59.905 10.735 59.9055 10.7350001 59.906 10.74</gml:posList>
</gml:LineString>
</gml:curveMember>
<gml:curveMember>
<gml:LineString gml:id="roads_line.w10.1.g.2">
<gml:posList>59 10 60 11</gml:posList>
</gml:LineString>
</gml:curveMember>
</gml:MultiCurve>
</map:geometry>
</map:roads_line>
</map:featureMember>
<map:featureMember>
<map:roads_area gml:id="roads_area.r9007199254740993">
<map:osm_id>9007199254740993</map:osm_id>
<map:osm_type>r</map:osm_type>
<map:class>residential</map:class>
<map:type>residential</map:type>
<map:layer_z>0</map:layer_z>
<map:bridge>false</map:bridge>
<map:tunnel>false</map:tunnel>
<map:tags>{&quot;highway&quot;:&quot;residential&quot;}</map:tags>
<map:geometry>
<gml:MultiSurface gml:id="roads_area.r9007199254740993.g" srsName="urn:ogc:def:crs:EPSG::4326">
<gml:surfaceMember>
<gml:Polygon gml:id="roads_area.r9007199254740993.g.1">
<gml:exterior><gml:LinearRing>
<gml:posList>59.905 10.735 59.905 10.739 59.909 10.739 59.909 10.735 59.905 10.735</gml:posList></gml:LinearRing></gml:exterior>
<gml:interior><gml:LinearRing>
<gml:posList>59.906 10.736 59.907 10.736 59.907 10.737 59.906 10.737 59.906 10.736</gml:posList></gml:LinearRing></gml:interior>
</gml:Polygon>
</gml:surfaceMember>
<gml:surfaceMember>
<gml:Polygon gml:id="roads_area.r9007199254740993.g.2">
<gml:exterior><gml:LinearRing>
<gml:posList>59.905 10.741 59.905 10.741001 59.905001 10.741001 59.905001 10.741 59.905 10.741</gml:posList></gml:LinearRing></gml:exterior>
</gml:Polygon>
</gml:surfaceMember>
</gml:MultiSurface>
</map:geometry>
</map:roads_area>
</map:featureMember>
</map:FeatureCollection>

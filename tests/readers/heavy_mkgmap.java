import java.util.Set;
import java.util.TreeSet;
import uk.me.parabola.imgfmt.app.Area;
import uk.me.parabola.imgfmt.app.map.MapReader;

/** Prints what mkgmap's own reader finds in a compiled map: counts at the largest scale, box, roads, names. */
public class heavy_mkgmap {
    public static void main(String[] files) throws Exception {
        MapReader map = new MapReader(files[0]);
        Area box = map.getTreBounds();
        long roads = map.linesForLevel(0).stream().filter(line -> line.isRoad()).count();
        Set<String> types = new TreeSet<>();
        map.linesForLevel(0).forEach(line -> types.add(Integer.toHexString(line.getType())));
        System.out.printf("{\"points\": %d, \"lines\": %d, \"areas\": %d, \"roads\": %d, \"levels\": %d,%n",
            map.pointsForLevel(0, MapReader.WITH_EXT_TYPE_DATA).size(), map.linesForLevel(0).size(),
            map.shapesForLevel(0, MapReader.WITH_EXT_TYPE_DATA).size(), roads, map.getLevels().length);
        double unit = 360.0 / (1 << 24);
        System.out.printf("\"box\": [%.6f, %.6f, %.6f, %.6f], \"types\": \"%s\", \"labels\": [",
            box.getMinLong() * unit, box.getMinLat() * unit, box.getMaxLong() * unit, box.getMaxLat() * unit, String.join(" ", types));
        String comma = "";
        for (String label : map.getLabels().values()) {
            System.out.print(comma + "\"" + label.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + "\"");
            comma = ", ";
        }
        System.out.println("]}");
        map.close();
    }
}

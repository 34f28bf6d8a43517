// Compiled only: what the types promise, and what they must refuse.
import { type ErrorCode, Exporter, ExportError, type ExportFile, type Progress } from "mapwright";
import { Exporter as Direct } from "mapwright/direct";
import { Exporter as Remote, type ExporterApi } from "mapwright/remote";

export async function uses(source: Response): Promise<ExportFile> {
  const exporter = new Exporter();
  const onProgress = ({ fraction, stage }: Progress) => console.log(stage, fraction.toFixed(2));
  const [first, ...others]: ExportFile[] = await exporter.export(source, { formats: ["svg", "geojson"] }, { onProgress });
  const map = await new Direct().open("{}", { signal: AbortSignal.timeout(1000), format: "svg" });
  const file: ExportFile = await map.export({ format: "geojson", bbox: [7.4, 43.7, 7.5, 43.8], options: { geojson: { digits: 6 } } });
  const remote: ExporterApi = new Remote("https://maps.example.org", { apiKey: "ocd_" });
  await remote.check({ format: "svg" });
  const there: ExportFile = await new Remote(new URL("https://maps.example.org")).export(null, { format: "svg", bbox: [7.4, 43.7, 7.5, 43.8] }, { onProgress });
  // @ts-expect-error: an engine on this machine needs data
  await exporter.export(null, { format: "svg" });
  // @ts-expect-error: no such format
  await exporter.export(source, { format: "svgx" });
  // @ts-expect-error: no such field
  await exporter.export(source, { format: "svg", bbx: [1, 2, 3, 4] });
  // @ts-expect-error: a single format gives a single file
  (await exporter.export(source, { format: "svg" })).length;
  const fault = ExportError.from(new Error());
  const code: ErrorCode = fault.code;
  // @ts-expect-error: no such code, in what was caught, too
  new Direct().check({ format: "svg" }).catch((thrown) => thrown instanceof ExportError && thrown.code === "bad");
  // @ts-expect-error: no such code
  if (fault.code === "canceled" || code === "cancelled") return first!;
  if (others.length > 0 || !first || there.size === 0) throw new ExportError("io", `${map.info.nodes} nodes`);
  return file;
}

// PNG (ISO/IEC 15948) of eight bits a channel, not interlaced: what mapwright writes.
import { inflateSync } from "node:zlib";

const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Width, height and unfiltered samples; palette entries in place of their numbers. */
export function pixels(png) {
  const chunks = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const start = at + 8;
    chunks.push({ type: png.toString("latin1", at + 4, start), data: png.subarray(start, start + png.readUInt32BE(at)) });
  }
  const one = (type) => chunks.find((chunk) => chunk.type === type)?.data;
  const head = one("IHDR");
  const [width, height, depth, color] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9]];
  if (depth !== 8 || head[12] !== 0) throw new Error(`PNG of ${depth} bits, interlace ${head[12]}`);
  const channels = CHANNELS[color];
  const packed = Buffer.concat(chunks.filter((chunk) => chunk.type === "IDAT").map((chunk) => chunk.data));
  const data = unfilter(inflateSync(packed), width * channels, height, channels);
  const palette = one("PLTE");
  return { width, height, data: color === 3 ? Uint8Array.from([...data].flatMap((row) => [...palette.subarray(row * 3, row * 3 + 3)])) : data };
}

function unfilter(lines, stride, height, channels) {
  const data = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = lines[y * (stride + 1)];
    const [from, to] = [y * (stride + 1) + 1, y * stride];
    for (let x = 0; x < stride; x += 1) {
      const left = x < channels ? 0 : data[to + x - channels];
      const up = y === 0 ? 0 : data[to + x - stride];
      const corner = x < channels || y === 0 ? 0 : data[to + x - stride - channels];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      data[to + x] = lines[from + x] + guess;
    }
  }
  return data;
}

function paeth(left, up, corner) {
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(left + up - corner - value));
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

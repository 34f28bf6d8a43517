// Full plus codes, as they stand in maps of Google: https://github.com/google/open-location-code. No page here.
import { type Box, type Spot, rounded } from "./box.js";

const DIGITS = "23456789CFGHJMPQRVWX";
const FULL = /^([23456789CFGHJMPQRV][23456789CFGHJMPQRVWX](?:[23456789CFGHJMPQRVWX]{6}|[23456789CFGHJMPQRVWX]{4}00|[23456789CFGHJMPQRVWX]{2}0000|0{6}))\+([23456789CFGHJMPQRVWX]{2,7})?$/i;
/** A code without its beginning, which needs a town to be found. */
export const shortCode = (text: string): boolean => /^[23456789CFGHJMPQRVWX]{2,6}\+[23456789CFGHJMPQRVWX]{2,3}\b/i.test(text.trim()) && !FULL.test(text.trim());

/** What a full code names: a place, or a box where it is a coarse one. */
export function plusCode(text: string): Box | Spot | undefined {
  const [, head, tail = ""] = FULL.exec(text.trim()) ?? [];
  if (!head || (head.includes("0") && tail)) return undefined;
  const digits = [...(head.replace(/0+$/, "") + tail).toUpperCase()].map((letter) => DIGITS.indexOf(letter));
  let [lat, lon, high, wide] = [-90, -180, 400, 400];
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits[at] ?? 0;
    if (at < 10) {
      if (at % 2 === 0) lat += digit * (high /= 20);
      else lon += digit * (wide /= 20);
    } else {
      // Later digits are a grid of four by five.
      lat += Math.floor(digit / 4) * (high /= 5);
      lon += (digit % 4) * (wide /= 4);
    }
  }
  const box = rounded([lon, lat, lon + wide, lat + high]);
  return digits.length < 8 ? box : { lat: Math.round((lat + high / 2) * 1e6) / 1e6, lon: Math.round((lon + wide / 2) * 1e6) / 1e6, zoom: digits.length < 10 ? 15 : 18 };
}

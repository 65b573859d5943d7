import { escapeXml } from "./escape-xml.js";
import type { RunReport } from "./run-report.js";

const HEIGHT = 20;
const PADDING = 7;
/** Average width of a character of the badge's font; `textLength` makes the text fit whatever the font is. */
const CHARACTER = 6.3;

/** The claim as an image for a README. */
export function badge({ claim, protocolVersion, ok }: RunReport): string {
  const label = `Eventy ${protocolVersion.split(".").slice(0, 2).join(".")}`;
  const value = claim === "" ? (ok ? "no claim" : "not conformant") : claim.slice(label.length + 1);
  const color = claim === "" ? (ok ? "#6b7280" : "#c2410c") : "#15803d";
  const left = widthOf(label);
  const width = left + widthOf(value);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" role="img" aria-label="${escapeXml(`${label}: ${value}`)}">
  <clipPath id="round"><rect width="${width}" height="${HEIGHT}" rx="4"/></clipPath>
  <g clip-path="url(#round)">
    <rect width="${left}" height="${HEIGHT}" fill="#1f2937"/>
    <rect x="${left}" width="${width - left}" height="${HEIGHT}" fill="${color}"/>
  </g>
  <g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">
    ${text(label, PADDING)}
    ${text(value, left + PADDING)}
  </g>
</svg>
`;
}

function text(content: string, x: number): string {
  return `<text x="${x}" y="14" textLength="${widthOf(content) - 2 * PADDING}">${escapeXml(content)}</text>`;
}

function widthOf(content: string): number {
  return Math.round(content.length * CHARACTER) + 2 * PADDING;
}

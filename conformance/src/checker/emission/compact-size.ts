import { entriesOf, type Value, type ValueMap } from "../../oracle/values.js";

/** True for the namespaces that belong to the protocol. */
export function isReserved(namespace: string): boolean {
  return namespace === "urn:eventy" || namespace.startsWith("urn:eventy:");
}

/** How many bytes a context has as compact JSON, reserved parts left out. */
export function compactSize(context: ReadonlyMap<string, ValueMap>): number {
  const parts = [...context].filter(([namespace]) => !isReserved(namespace));
  return Buffer.byteLength(object(parts.map(([namespace, part]) => [namespace, mapText(part)])));
}

function object(members: readonly (readonly [key: string, text: string])[]): string {
  return `{${members.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(",")}}`;
}

function mapText(map: ValueMap): string {
  return object(Array.from(entriesOf(map), ([key, value]) => [key, valueText(value)]));
}

function valueText({ kind }: Value): string {
  switch (kind.case) {
    case "null":
      return "null";
    case "string":
      return JSON.stringify(kind.value);
    case "list":
      return `[${kind.value.values.map(valueText).join(",")}]`;
    case "map":
      return mapText(kind.value);
    default:
      return String(kind.value);
  }
}

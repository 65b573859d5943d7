import { RESERVED_NAMESPACES } from "../gen/constants.js";

const { prefix } = RESERVED_NAMESPACES;

/** True for namespaces that belong to the protocol: `urn:eventy` and what begins with `urn:eventy:`. */
export function isReserved(namespace: string): boolean {
  return (
    namespace.startsWith(prefix) && (namespace.length === prefix.length || namespace[prefix.length] === ":")
  );
}

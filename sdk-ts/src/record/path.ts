const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** The path of a member: `data.lines[2].qty`, `context["urn:orders"].order`. */
export function pathOf(parent: string, member: string | number): string {
  if (typeof member === "number") return `${parent}[${member}]`;
  if (!IDENTIFIER.test(member)) return `${parent}[${JSON.stringify(member)}]`;
  return parent === "" ? member : `${parent}.${member}`;
}

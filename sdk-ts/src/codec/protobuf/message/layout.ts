import type { DescEnum, DescField, DescMessage, ScalarType } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence as Presence } from "@bufbuild/protobuf/wkt";

/** The fields of a message type, by what a reader and a writer look for. */
export interface Layout {
  readonly byNumber: ReadonlyMap<number, DescField>;
  readonly byName: ReadonlyMap<string, DescField>;
  /** In the order in which they are written. */
  readonly sorted: readonly DescField[];
  /** Fields of which Protobuf cannot tell absence from the default value. */
  readonly implicit: readonly DescField[];
  readonly required: readonly DescField[];
}

/** What one value of a field is: the field's own, a member of its list or a value of its map. */
export type Slot = { readonly number: number; readonly delimitedEncoding?: boolean; toString(): string } & (
  | { readonly scalar: ScalarType; readonly message: undefined; readonly enum: undefined }
  | { readonly scalar: undefined; readonly message: DescMessage; readonly enum: undefined }
  | { readonly scalar: undefined; readonly message: undefined; readonly enum: DescEnum }
);

const layouts = new WeakMap<DescMessage, Layout>();

/** The layout of a message type, computed once. */
export function layoutOf(type: DescMessage): Layout {
  const known = layouts.get(type);
  if (known !== undefined) return known;
  const layout: Layout = {
    byNumber: new Map(type.fields.map((field) => [field.number, field])),
    byName: new Map(type.fields.map((field) => [field.name, field])),
    sorted: type.fields.toSorted((a, b) => a.number - b.number),
    implicit: type.fields.filter(hasImplicitPresence),
    required: type.fields.filter(({ presence }) => presence === Presence.LEGACY_REQUIRED),
  };
  layouts.set(type, layout);
  return layout;
}

function hasImplicitPresence({ fieldKind, presence }: DescField): boolean {
  return fieldKind === "list" || fieldKind === "map" || presence === Presence.IMPLICIT;
}

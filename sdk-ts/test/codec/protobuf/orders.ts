import { createFileRegistry, type DescMessage, fromJson, type JsonObject } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

const label = (name: string): string => `LABEL_${name}`;
const field = (number: number, name: string, type: string, more: JsonObject = {}): JsonObject => ({
  number,
  name,
  type: `TYPE_${type}`,
  label: label("OPTIONAL"),
  ...more,
});
const list = { label: label("REPEATED") };

/** What `protoc` makes of a user's orders.proto. */
const files = createFileRegistry(
  fromJson(FileDescriptorSetSchema, {
    file: [
      {
        name: "orders.proto",
        package: "shop",
        syntax: "proto3",
        enumType: [
          {
            name: "State",
            value: [
              { name: "STATE_UNSPECIFIED", number: 0 },
              { name: "STATE_PAID", number: 1 },
            ],
          },
        ],
        messageType: [
          {
            name: "Line",
            field: [field(1, "sku", "STRING"), field(2, "line", "MESSAGE", { typeName: ".shop.Line" })],
          },
          {
            name: "Order",
            field: [
              field(1, "order_id", "INT64"),
              field(2, "state", "ENUM", { typeName: ".shop.State" }),
              field(3, "lines", "MESSAGE", { ...list, typeName: ".shop.Line" }),
              field(4, "weights", "DOUBLE", list),
              field(5, "tags", "STRING", list),
              field(6, "stock", "MESSAGE", { ...list, typeName: ".shop.Order.StockEntry" }),
              field(7, "note", "STRING", { proto3Optional: true, oneofIndex: 1 }),
              field(8, "cash", "BOOL", { oneofIndex: 0 }),
              field(9, "card", "MESSAGE", { typeName: ".shop.Line", oneofIndex: 0 }),
              field(10, "scan", "BYTES"),
              field(11, "ratio", "FLOAT"),
              field(12, "ref", "UINT64"),
              field(13, "places", "MESSAGE", { ...list, typeName: ".shop.Order.PlacesEntry" }),
              field(14, "small", "SINT32"),
            ],
            oneofDecl: [{ name: "payment" }, { name: "_note" }],
            nestedType: [
              {
                name: "StockEntry",
                options: { mapEntry: true },
                field: [field(1, "key", "STRING"), field(2, "value", "SFIXED32")],
              },
              {
                name: "PlacesEntry",
                options: { mapEntry: true },
                field: [field(1, "key", "INT64"), field(2, "value", "MESSAGE", { typeName: ".shop.Line" })],
              },
            ],
          },
        ],
      },
      {
        name: "old.proto",
        package: "shop",
        syntax: "proto2",
        messageType: [
          {
            name: "Old",
            field: [
              field(1, "id", "INT32", { label: label("REQUIRED") }),
              field(2, "part", "GROUP", { typeName: ".shop.Old.Part" }),
            ],
            nestedType: [{ name: "Part", field: [field(3, "text", "STRING")] }],
          },
        ],
      },
    ],
  }),
);

function messageOf(typeName: string): DescMessage {
  const type = files.getMessage(typeName);
  if (type === undefined) throw new Error(`no message ${typeName}`);
  return type;
}

/** A proto3 message with a field of each kind. */
export const Order: DescMessage = messageOf("shop.Order");

/** A proto2 message with a required field and a group. */
export const Old: DescMessage = messageOf("shop.Old");

/** Data that an Order carries: all that it has to hold, and nothing else. */
export const ORDER = {
  order_id: 0,
  state: "STATE_UNSPECIFIED",
  lines: [],
  weights: [],
  tags: [],
  stock: {},
  scan: new Uint8Array(),
  ratio: 0,
  ref: 0,
  places: {},
  small: 0,
};

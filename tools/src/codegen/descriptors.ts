import {
  type AnyDesc,
  create,
  createFileRegistry,
  type DescEnumValue,
  type DescField,
  type DescFile,
  type FileRegistry,
  getOption,
  type JsonValue,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import { type CodeGeneratorRequest, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { getComments } from "@bufbuild/protoplugin";

/** Makes the descriptors of a request available by name. */
export function openRegistry(request: CodeGeneratorRequest): FileRegistry {
  return createFileRegistry(create(FileDescriptorSetSchema, { file: request.protoFile }));
}

/** The element that a lookup must find. */
export function found<T>(element: T | undefined, name: string): T {
  if (element === undefined) throw new Error(`the .proto files do not define ${name}`);
  return element;
}

/** The comment above an element of a .proto file, without its margin. */
export function commentOf(desc: Exclude<AnyDesc, DescFile>): string {
  const lines = (getComments(desc).leading ?? "").split("\n");
  return lines
    .map((line) => line.trim())
    .join("\n")
    .trim();
}

/**
 * The value of one of our custom options, as ProtoJSON.
 *
 * Options are read by the descriptors of the request itself, never by generated code: an option is usable in
 * the very run that meets it first.
 */
export function optionOf(
  registry: FileRegistry,
  desc: DescField | DescEnumValue | DescFile,
  name: string,
): JsonValue {
  const extension = found(registry.getExtension(name), name);
  const value: unknown = getOption(desc, extension);
  if (extension.message === undefined) return value as JsonValue;
  return toJson(extension.message, value as Message);
}

import type { Mutant } from "../src/mutation/mutant.js";
import { codecMutants } from "./codecs/all.js";
import { containerMutants, singleObjectMutants } from "./codecs/avro-container.js";
import { legacyMutants } from "./codecs/avro-legacy.js";
import { avroReaderMutants } from "./codecs/avro-reading.js";
import { avroSchemaMutants } from "./codecs/avro-schema.js";
import { avroWriterMutants } from "./codecs/avro-writing.js";
import { jsonReaderMutants } from "./codecs/json-reading.js";
import { jsonWriterMutants } from "./codecs/json-writing.js";
import { protobufMutants } from "./codecs/protobuf.js";
import { compositionMutants } from "./context/composition.js";
import { inheritanceMutants } from "./context/inheritance.js";
import { limitMutants as contextLimitMutants } from "./context/limits.js";
import { ownPartMutants } from "./context/own-part.js";
import { rootMutants } from "./context/roots.js";
import { evolutionMutants } from "./evolution.js";
import { readDateMutants, writtenDateMutants } from "./record/date.js";
import { errorMutants } from "./record/errors.js";
import { fieldMutants } from "./record/fields.js";
import { keyMutants, uuidMutants } from "./record/identity.js";
import { numberMutants } from "./record/numbers.js";
import { urnMutants } from "./record/urns.js";
import { limitMutants, textMutants } from "./record/values.js";
import { versionMutants } from "./record/versions.js";

/** All mutants, in the order of the spec. */
export const mutants: readonly Mutant[] = [
  ...fieldMutants,
  ...urnMutants,
  ...versionMutants,
  ...uuidMutants,
  ...keyMutants,
  ...readDateMutants,
  ...writtenDateMutants,
  ...numberMutants,
  ...textMutants,
  ...limitMutants,
  ...errorMutants,
  ...codecMutants,
  ...jsonWriterMutants,
  ...jsonReaderMutants,
  ...avroSchemaMutants,
  ...containerMutants,
  ...singleObjectMutants,
  ...avroWriterMutants,
  ...avroReaderMutants,
  ...legacyMutants,
  ...protobufMutants,
  ...compositionMutants,
  ...inheritanceMutants,
  ...rootMutants,
  ...ownPartMutants,
  ...contextLimitMutants,
  ...evolutionMutants,
];

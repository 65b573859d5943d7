import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { javaProgram } from "./java.js";
import type { Settings } from "./settings.js";

/** A certificate for 127.0.0.1 and localhost, and what clients need to trust it. */
export interface Certificate {
  /** The settings with which brokers show it. */
  readonly settings: Settings;
  /** The certificate of the authority that signed it, as PEM. */
  readonly authority: string;
}

/** Makes an authority that nobody else has, and a certificate that it signed. Its own key is not kept. */
export async function createCertificate(parent: string): Promise<Certificate> {
  const folder = join(parent, "tls");
  mkdirSync(folder);
  chmodSync(folder, 0o700);
  const store = join(folder, "broker.p12");
  const password = randomBytes(16).toString("hex");
  const keytool = async (...args: readonly string[]): Promise<string> => {
    const all = [...args, "-keystore", store, "-storetype", "PKCS12", "-storepass", password];
    return (await promisify(execFile)(javaProgram("keytool"), all)).stdout;
  };
  const pair = ["-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "365"];
  await keytool(...pair, "-alias", "ca", "-dname", "CN=Eventy test authority", "-ext", "bc:c");
  const names = "san=ip:127.0.0.1,dns:localhost";
  await keytool(...pair, "-alias", "broker", "-dname", "CN=localhost", "-ext", names, "-signer", "ca");
  const authority = await keytool("-exportcert", "-rfc", "-alias", "ca");
  await keytool("-delete", "-alias", "ca");
  return {
    settings: {
      "ssl.keystore.location": store,
      "ssl.keystore.type": "PKCS12",
      "ssl.keystore.password": password,
    },
    authority,
  };
}

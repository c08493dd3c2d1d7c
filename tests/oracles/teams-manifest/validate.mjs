// Reads a Teams manifest from standard input and prints what Microsoft's schema for its version says against it, as a JSON array.
import { readFileSync } from "node:fs";
import { AppManifestUtils } from "@microsoft/app-manifest";

const manifest = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(await AppManifestUtils.validateAgainstSchema(manifest)));

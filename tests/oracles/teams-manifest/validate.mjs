// Reads a Teams manifest and prints what Microsoft's schema for its version says against it, as a JSON array.
import { readFileSync } from "node:fs";
import { AppManifestUtils } from "@microsoft/app-manifest";

const manifest = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(await AppManifestUtils.validateAgainstSchema(manifest)));

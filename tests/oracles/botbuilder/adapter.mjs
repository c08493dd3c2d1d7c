// Reads { appId, issuer, metadata, cases: [{ authorization, activity }] } and prints the status that Microsoft's adapter gives each case, as a JSON array.
import { readFileSync } from "node:fs";
import botbuilder from "botbuilder";

const { appId, issuer, metadata, cases } = JSON.parse(readFileSync(0, "utf8"));
// With one address of its own given, the adapter wants all of them.
const adapter = new botbuilder.CloudAdapter(new botbuilder.ConfigurationBotFrameworkAuthentication({
  MicrosoftAppId: appId,
  MicrosoftAppPassword: "secreto",
  ToChannelFromBotLoginUrl: issuer,
  ToChannelFromBotOAuthScope: issuer,
  ToBotFromChannelTokenIssuer: issuer,
  ToBotFromChannelOpenIdMetadataUrl: metadata,
  ToBotFromEmulatorOpenIdMetadataUrl: metadata,
  OAuthUrl: issuer,
  CallerId: "prueba",
}));

const statuses = [];
for (const { authorization, activity } of cases) {
  const response = { status(code) { statuses.push(code); return response; }, send() { return response; }, header() { return response; }, end() { return response; } };
  await adapter.process({ body: activity, headers: authorization === null ? {} : { authorization }, method: "POST" }, response, async () => {});
}
console.log(JSON.stringify(statuses));

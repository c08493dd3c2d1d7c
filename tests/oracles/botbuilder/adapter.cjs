// Microsoft's own adapter on a free port, told to trust the issuer of the command line: what it accepts is what a channel's token looks like.
const http = require('http');
const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder');

const [metadata, issuer, appId] = process.argv.slice(2);
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({
  MicrosoftAppId: appId, MicrosoftAppPassword: 'unused', MicrosoftAppType: 'MultiTenant', ValidateAuthority: false,
  ToChannelFromBotLoginUrl: issuer, ToChannelFromBotOAuthScope: issuer, ToBotFromChannelTokenIssuer: issuer, OAuthUrl: issuer,
  ToBotFromChannelOpenIdMetadataUrl: metadata, ToBotFromEmulatorOpenIdMetadataUrl: metadata, CallerId: 'urn:botframework:azure',
}));
console.error = () => {};

http.createServer((request, response) => {
  let body = '';
  request.on('data', chunk => body += chunk);
  request.on('end', async () => {
    request.body = JSON.parse(body);
    const reply = {
      status(code) { response.statusCode = code; return reply; },
      header(name, value) { response.setHeader(name, value); return reply; },
      send(content) { response.write(typeof content === 'string' ? content : JSON.stringify(content)); return reply; },
      end() { response.end(); return reply; },
      socket: request.socket,
    };
    try { await adapter.process(request, reply, async () => {}); } catch { response.statusCode = 500; response.end(); }
  });
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });

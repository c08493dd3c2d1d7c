using ParalegalBot.Configuration;
using ParalegalBot.Server.Articles;
using ParalegalBot.Server.Channels;
using ParalegalBot.Server.DirectLine;
using ParalegalBot.Server.Operations;
using ParalegalBot.Server.Pages;
using ParalegalBot.Server.Privacy;
using ParalegalBot.Server.Teams;
using ParalegalBot.Server.WebChat;
using ParalegalBot.Server.WhatsApp;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Configuration.AddSecretFiles();
builder.ListenOnDefaultPort();
builder.Services.AddAssistant(builder.Configuration); // stores, index, engine, LegalAssistant
builder.Services.AddWebChat();    // conversations, POST /v1/ask
builder.Services.AddChannels();   // inbox, outbox and turn of the channels below
builder.Services.AddWhatsApp();  // the WhatsApp Cloud API
builder.Services.AddTeams();      // POST /api/messages
builder.Services.AddDirectLine(); // the stock Web Chat control
builder.Services.AddPages();      // server-rendered HTML
builder.Services.AddOperations(builder.Configuration);    // /operations and who may enter
builder.Services.AddObservability(builder.Configuration); // traces, /metrics
builder.Services.AddProtection(); // body limits, timeouts, rate limit, problem details

var app = builder.Build();
app.UseProtection();
app.UseStaticFiles();
app.MapHealth();
app.MapMetrics();
app.MapOperations();
app.MapAsk();
app.MapChat();
app.MapMessages();
app.MapDirectLine();
app.MapArticles();
app.MapPrivacy();
app.MapWhatsApp();
app.SayWhereToOpen();
app.Run();

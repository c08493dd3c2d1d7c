using ParalegalBot.Server.Articles;
using ParalegalBot.Server.Channels;
using ParalegalBot.Server.Operations;
using ParalegalBot.Server.Pages;
using ParalegalBot.Server.WebChat;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.ListenOnDefaultPort();
builder.Services.AddAssistant(builder.Configuration); // stores, index, engine, LegalAssistant
builder.Services.AddWebChat();    // conversations, POST /v1/ask
builder.Services.AddChannels();   // inbox, outbox and turn of the channels below
builder.Services.AddPages();      // server-rendered HTML
builder.Services.AddProtection(); // body limits, timeouts, rate limit, problem details

var app = builder.Build();
app.UseProtection();
app.UseStaticFiles();
app.MapHealth();
app.MapAsk();
app.MapChat();
app.MapArticles();
app.SayWhereToOpen();
app.Run();

using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using ParalegalBot.Tests;

namespace ParalegalBot.EndToEnd.Tests;

/// <summary>Microsoft's stock Web Chat control on a page of another address, as a firm would put it into its intranet, against <c>/v3/directline</c>.</summary>
public sealed class WebChatControlTests(ChromiumBrowser chromium) : IClassFixture<ChromiumBrowser>, IAsyncLifetime
{
    private const string Secret = "un-secreto-de-prueba-con-mas-de-treinta-y-dos";
    private const string First = "¿Qué plazo tiene el préstamo según el artículo 2o de la Ley de Préstamo de Libros?";
    private const string Second = "ayuda";

    /// <summary>Keeps its session over a reload; with <c>?desde=ultimo</c> it fetches only what it has not seen.</summary>
    private const string Page = """
        <!doctype html><html lang="es-MX"><meta charset="utf-8"><title>Intranet</title>
        <div id="chat" style="height: 40rem"></div>
        <script src="/webchat.js"></script>
        <script>
          (async () => {
            const kept = JSON.parse(sessionStorage.getItem("sesion"));
            const session = kept ?? await (await fetch("/sesion", { method: "POST" })).json();
            const watermark = kept && location.search === "?desde=ultimo" ? sessionStorage.getItem("visto") : "";
            const directLine = WebChat.createDirectLine({ domain: "SERVER/v3/directline", webSocket: false, token: session.token, conversationId: kept?.conversationId, watermark });
            directLine.activity$.subscribe(() => sessionStorage.setItem("visto", directLine.watermark));
            sessionStorage.setItem("sesion", JSON.stringify(session));
            WebChat.renderWebChat({ directLine, locale: "es-MX" }, document.getElementById("chat"));
          })();
        </script>
        """;

    private RunningServer server = null!;
    private WebApplication intranet = null!;

    public async ValueTask InitializeAsync()
    {
        var control = Path.Combine(NodeOracle.Need("webchat"), "node_modules", "botframework-webchat", "dist", "webchat.js");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        intranet = builder.Build();
        intranet.MapGet("/", () => Results.Content(Page.Replace("SERVER", server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal), "text/html"));
        intranet.MapGet("/webchat.js", () => Results.File(control, "text/javascript"));
        intranet.MapGet("/favicon.ico", () => Results.NoContent());
        intranet.MapPost("/sesion", async () =>
        {
            using var client = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Secret) } };
            var response = await client.PostAsync(new Uri(server.Address, "v3/directline/tokens/generate"), null);
            return Results.Content(await response.Content.ReadAsStringAsync(), "application/json");
        });
        await intranet.StartAsync(TestContext.Current.CancellationToken);
        server = new RunningServer { Settings = ["--DirectLine:Secret", Secret, "--DirectLine:Origins:0", intranet.Urls.First()] };
        await server.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await intranet.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task It_asks_shows_the_citation_and_goes_on_after_a_reload_with_nothing_but_this_machine_to_talk_to()
    {
        await using var context = await chromium.Need().NewContextAsync();
        context.SetDefaultTimeout(60_000);
        Assertions.SetDefaultExpectTimeout(60_000);
        var requests = new List<string>();
        context.Request += (_, request) => requests.Add(request.Url);
        var page = await context.NewPageAsync();
        await page.GotoAsync(intranet.Urls.First());
        var transcript = page.Locator("#chat");

        await Assertions.Expect(transcript).ToContainTextAsync("Aviso de privacidad"); // what is typed before the control is connected can be lost
        await AskAsync(page, First);
        await Assertions.Expect(transcript).ToContainTextAsync("quince días");
        await Assertions.Expect(page.GetByText("Send failed", new() { Exact = false })).ToHaveCountAsync(0);
        var opened = await page.RunAndWaitForPopupAsync(() => page.Locator(".webchat__link-definitions a, .link-definitions a").First.ClickAsync());
        await Assertions.Expect(opened).ToHaveURLAsync(new Regex("/leyes/LPL/articulos/2o#p1$"));
        await Assertions.Expect(opened.Locator("#p1")).ToContainTextAsync("quince días");

        var rated = await page.RunAndWaitForRequestFinishedAsync(
            () => page.Locator("[class*=thumb-button]").First.ClickAsync(), new() { Predicate = request => request.PostData?.Contains("LikeAction", StringComparison.Ordinal) == true });
        Assert.Equal(200, (await rated.ResponseAsync())!.Status);

        await page.ReloadAsync();
        await Assertions.Expect(transcript).ToContainTextAsync("quince días"); // fetched again from the beginning
        await page.GotoAsync($"{intranet.Urls.First()}/?desde=ultimo");
        await AskAsync(page, Second);
        await Assertions.Expect(transcript).ToContainTextAsync("«repetir»");
        await Assertions.Expect(transcript).Not.ToContainTextAsync("quince días");

        Assert.Contains(requests, url => Regex.IsMatch(url, @"/activities\?watermark=[1-9]"));
        string[] known = [server.Address.Authority, new Uri(intranet.Urls.First()).Authority];
        Assert.All(requests.Where(url => url.StartsWith("http", StringComparison.Ordinal)), url => Assert.Contains(new Uri(url).Authority, known));
    }

    private static async Task AskAsync(IPage page, string question)
    {
        var box = page.Locator(".webchat__send-box-text-box__input");
        await box.FillAsync(question);
        await box.PressAsync("Enter");
    }
}

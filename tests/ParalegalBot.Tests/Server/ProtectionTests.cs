using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Server.Operations;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Server;

public sealed class ProtectionTests : IDisposable
{
    private readonly SampleServer server = new() { ["Operations:Key"] = "clave-de-operadores-1" };

    public void Dispose() => server.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/leyes")]
    [InlineData("/leyes/LPL/articulos/1o")]
    [InlineData("/leyes/NOHAY")]
    [InlineData("/no/hay")]
    [InlineData("/chat.js")]
    [InlineData("/health/live")]
    [InlineData("/privacidad")]
    [InlineData("/metrics")]
    [InlineData("/operations")]
    [InlineData("/operations/entrar")]
    [InlineData("/v1/ask")]
    [InlineData("/api/messages")]
    public async Task Every_reply_carries_the_security_headers(string path)
    {
        var response = await server.CreateClient().GetAsync(path, Cancel);

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/leyes")]
    [InlineData("/leyes/LPL/articulos/2o")]
    [InlineData("/privacidad")]
    [InlineData("/operations/entrar")]
    public async Task Pages_hold_no_inline_script_or_style_and_no_address_of_another_server(string path)
    {
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await server.CreateClient().GetStringAsync(path, Cancel));

        Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src])"));
        Assert.All(page.QuerySelectorAll("[src], link[href]"), node => Assert.StartsWith("/", node.GetAttribute("src") ?? node.GetAttribute("href"), StringComparison.Ordinal));
        Assert.Equal("es-MX", page.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task Readiness_says_why_it_is_not_ready()
    {
        var client = server.CreateClient();
        server.Services.GetRequiredService<Readiness>().NotReady("El índice de las leyes se está cargando.");

        var response = await client.GetAsync("/health/ready", Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("índice", (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_program_that_asks_for_nothing_known_gets_problem_details()
    {
        var response = await server.CreateClient().GetAsync("/v1/nada", Cancel);

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await server.CreateClient().GetAsync("/v1/ask", Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("Firm:BotName", "")]
    [InlineData("Firm:Logo", "/no/hay/logo.png")]
    [InlineData("Store:Path", "")]
    [InlineData("Answers:Thresholds", "/no/hay/umbrales.json")]
    public async Task A_bad_setting_stops_the_start_and_is_named(string setting, string value)
    {
        using var folder = new ScratchFolder();
        // The real process: a host that fails its start inside the test's own is disposed while the test still starts it.
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ParalegalBot.Server.dll"), "--urls", "http://127.0.0.1:0", $"--{setting}={value}"])
        {
            WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
            await process.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(60), Cancel);

            Assert.NotEqual(0, process.ExitCode);
            Assert.Contains(setting, await output + await errors, StringComparison.Ordinal);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}

using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ParalegalBot.Answering;
using ParalegalBot.Server.Operations;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Server;

/// <summary>What a scanner would try, on every door that answers without a sign-in.</summary>
public sealed class AttackTests : IDisposable
{
    private const string Script = "<script>alert(1)</script>";

    private readonly SampleServer server = new();

    public void Dispose() => server.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/leyes/../appsettings.json")]
    [InlineData("/leyes/..%2f..%2fappsettings.json")]
    [InlineData("/leyes/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/leyes/LPL/articulos/..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/leyes/LPL/articulos/%252e%252e%252fetc%252fpasswd")]
    [InlineData("/leyes/..\\..\\windows\\win.ini")]
    [InlineData("/..%2fappsettings.json")]
    [InlineData("/appsettings.json")]
    [InlineData("/chat/respuestas/..%2f..%2frecords.db.docx")]
    [InlineData("/data/records.db")]
    public async Task No_path_leads_out_of_the_pages(string path)
    {
        var response = await server.CreateClient().GetAsync(path, Cancel);
        var body = await response.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain("root:", body, StringComparison.Ordinal);
        Assert.DoesNotContain("LogLevel", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/leyes/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("/leyes/LPL/articulos/%3Cimg%20src=x%20onerror=alert(1)%3E")]
    [InlineData("/leyes/LPL/articulos/2o?fecha=%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("/leyes/LPL/articulos/2o?cita=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("/no-hay/%3Csvg%20onload=alert(1)%3E")]
    public async Task What_an_address_says_is_shown_as_text_or_not_at_all(string path)
    {
        var client = server.CreateClient();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        var page = new HtmlParser().ParseDocument(await (await client.GetAsync(path, Cancel)).Content.ReadAsStringAsync(Cancel));

        Assert.Empty(page.QuerySelectorAll("script:not([src]), img[onerror], svg[onload]"));
    }

    [Fact]
    public async Task Markup_in_a_law_and_in_its_file_name_is_shown_as_text()
    {
        // A law without an abbreviation is called by its file's name.
        const string FileName = "<img src=x onerror=alert(1)>";
        server.Services.GetRequiredService<StatuteStore>().Write(
            new Statute { Abbreviation = FileName, Title = $"Ley de {Script}", Order = LegalOrder.Federal, Entity = "México", Published = new DateOnly(2020, 1, 1) },
            new StatuteDocument
            {
                Title = $"Ley de {Script}", Published = new DateOnly(2020, 1, 1), LastReform = new DateOnly(2020, 1, 1),
                Articles = [new Article { Law = FileName, Number = new ArticleNumber("1o"), Passages = [new Passage { Id = $"{FileName}/1o/p1", Law = FileName, Article = "1o", Text = $"El plazo {Script} es de un día." }] }],
            },
            new StatuteSource("ab", "txt", 1, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));
        var address = "/leyes/" + Uri.EscapeDataString(FileName);

        foreach (var path in new[] { "/leyes", address, address + "/articulos/1o" })
        {
            var response = await server.CreateClient().GetAsync(path, Cancel);
            var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(Cancel));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Empty(page.QuerySelectorAll("script:not([src]), img"));
            Assert.Contains(Script, page.Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Markup_in_a_question_comes_back_as_json_and_never_as_a_page()
    {
        server.Answer = (_, _, _) => Task.FromResult<Answer>(server.Cited(Script));
        var client = server.CreateClient();

        var response = await client.PostAsJsonAsync("/v1/ask", new { text = Script }, Cancel);
        var stored = await client.PostAsJsonAsync("/chat/mensajes", new { text = Script }, Cancel);
        var conversation = await client.GetAsync("/chat/conversacion", Cancel);

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("text/event-stream", stored.Content.Headers.ContentType?.MediaType);
        Assert.Equal("application/json", conversation.Content.Headers.ContentType?.MediaType);
        Assert.All([response, stored, conversation], reply => Assert.Equal("nosniff", reply.Headers.GetValues("X-Content-Type-Options").Single()));
    }

    [Theory]
    [InlineData("//example.com/")]
    [InlineData("/leyes?next=https://example.com")]
    [InlineData("/?returnUrl=https://example.com")]
    [InlineData("/%2f%2fexample.com")]
    public async Task No_address_sends_anybody_elsewhere(string path)
    {
        var response = await server.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }).GetAsync(path, Cancel);

        Assert.Null(response.Headers.Location);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_form_of_another_site_cannot_ask_in_somebodys_name(string type)
    {
        using var body = new StringContent("""{"text":"hola"}""", System.Text.Encoding.UTF8, type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await server.CreateClient().PostAsync("/chat/mensajes", body, Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_body_above_the_limit_is_refused()
    {
        var response = await server.CreateClient().PostAsJsonAsync("/v1/ask", new { text = new string('a', (int)Protection.MaxBody) }, Cancel);

        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest });
    }

    [Fact]
    public async Task Only_a_believed_proxy_says_who_asks()
    {
        server.Answer = (_, _, _) => Task.FromResult<Answer>(server.Cited());
        server["Protection:QuestionBurst"] = "2";
        var client = server.CreateClient();
        var statuses = new List<HttpStatusCode>();

        for (var i = 0; i < 4; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/ask") { Content = JsonContent.Create(new { text = "hola" }), Headers = { { "X-Forwarded-For", $"203.0.113.{i}" } } };
            statuses.Add((await client.SendAsync(request, Cancel)).StatusCode);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses); // a new address in each request did not help
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:a:b:c:d", "2001:db8:1:2::/64")] // whoever holds one of these holds them all
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2::/64")]
    public void An_address_is_one_customer(string address, string counted)
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

        Assert.Equal(counted, Protection.AddressOf(context));
    }

    [Fact]
    public void One_person_is_stopped_and_the_next_is_not()
    {
        using var limits = new PersonLimits(Microsoft.Extensions.Options.Options.Create(new ProtectionOptions { PersonBurst = 3 }));
        var question = new Question { Text = "hola", Channel = "teams", Person = "ana" };
        for (var i = 0; i < 3; i++) limits.Count(question);

        Assert.Throws<TooManyQuestionsException>(() => limits.Count(question));
        limits.Count(question with { Person = "beto" });
        limits.Count(question with { Channel = "whatsapp" });
    }

    [Fact]
    public async Task Metrics_are_not_there_for_whoever_comes_through_a_proxy()
    {
        var client = server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "X-Forwarded-For", "203.0.113.7" } } };

        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(request, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/metrics", Cancel)).StatusCode);
    }

    [Fact]
    public void A_failure_is_logged_without_what_was_asked_except_at_trace()
    {
        var said = new List<(LogLevel Level, string Text)>();
        var log = new Listener(said);

        log.Unanswered("web", new InvalidOperationException("¿Cómo me divorcio de Filiberto?"));

        Assert.DoesNotContain(said.Where(line => line.Level > LogLevel.Trace), line => line.Text.Contains("Filiberto", StringComparison.Ordinal));
        Assert.Contains(said, line => line.Level == LogLevel.Error && line.Text.Contains("InvalidOperationException", StringComparison.Ordinal));
    }

    private sealed class Listener(List<(LogLevel Level, string Text)> said) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            said.Add((logLevel, $"{formatter(state, exception)} {exception}"));
    }
}

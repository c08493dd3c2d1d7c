using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels;
using ParalegalBot.Tests.Channels;

namespace ParalegalBot.Tests.Server;

public sealed class OperationsTests : IDisposable
{
    private const string Key = "clave-de-operadores-1";
    private const string LawyerKey = "clave-de-la-abogada-22";
    private const string Verdicts = """
        [{"text":"El préstamo dura quince días.","proved":true,"support":0.9,"finding":null,"passages":["LPL/2o/p1"]},
         {"text":"El préstamo dura treinta días.","proved":false,"support":0.2,"finding":{"Check":"figures","Words":"treinta","Explanation":"no está en el pasaje"},"passages":["LPL/2o/p1"]}]
        """;

    private readonly RecordingChannel channel = new();
    private readonly SampleServer server;

    public OperationsTests() => server = new SampleServer
    {
        ["Operations:Key"] = Key, ["Operations:LawyerKey"] = LawyerKey, ["Firm:ResponsibleLawyer"] = "Lic. Ana Ruiz", Channels = [channel],
    };

    public void Dispose() => server.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/operations")]
    [InlineData("/operations/entrar")]
    [InlineData("/operations/respuestas.csv")]
    public async Task Without_a_key_the_page_does_not_exist(string path)
    {
        using var closed = new SampleServer();

        Assert.Equal(HttpStatusCode.NotFound, (await closed.CreateClient().GetAsync(path, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("/operations")]
    [InlineData("/operations?ReturnUrl=https://example.com")]
    [InlineData("/operations/respuestas.csv")]
    [InlineData("/operations/respuestas/a1")]
    public async Task Strangers_are_sent_to_the_door_and_nowhere_else(string path)
    {
        var response = await server.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }).GetAsync(path, Cancel);

        Assert.Equal((HttpStatusCode.Redirect, "/operations/entrar"), (response.StatusCode, response.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task A_wrong_key_opens_nothing_and_trying_many_ends()
    {
        var client = server.CreateClient();
        var wrong = await PostAsync(client, "/operations/entrar", "/operations/entrar", ("clave", "clave-de-operadores-2"));
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        Assert.Equal("/operations/entrar", (await client.GetAsync("/operations", Cancel)).RequestMessage!.RequestUri!.AbsolutePath);

        HttpStatusCode last = default;
        for (var tries = 0; tries < 15 && last != HttpStatusCode.TooManyRequests; tries++)
            last = (await PostAsync(client, "/operations/entrar", "/operations/entrar", ("clave", $"otra-clave-cualquiera-{tries}"))).StatusCode;

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task Operators_see_counts_and_evidence_but_no_question()
    {
        Record("a1", "ana", "¿Cuánto dura el préstamo secretísimo?", "cited");
        var client = await EnterAsync(Key);

        var page = await client.GetStringAsync("/operations", Cancel);
        var trace = await client.GetStringAsync("/operations/respuestas/a1", Cancel);
        var csv = await client.GetStringAsync("/operations/respuestas.csv", Cancel);

        Assert.Contains("1 preguntas de 1 personas", page, StringComparison.Ordinal);
        Assert.Contains("/leyes/LPL/articulos/2o", trace, StringComparison.Ordinal);
        Assert.Contains("Descartada por «figures»", trace, StringComparison.Ordinal);
        Assert.Contains("a1,", csv, StringComparison.Ordinal);
        Assert.All([page, trace, csv], text => Assert.DoesNotContain("secretísimo", text, StringComparison.Ordinal));
        Assert.All([page, trace], text => Assert.DoesNotContain("quince días", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_responsible_lawyer_sees_the_question_and_that_is_recorded()
    {
        Record("a1", "ana", "¿Cuánto dura el préstamo secretísimo?", "cited");
        var client = await EnterAsync(LawyerKey);

        Assert.Contains("secretísimo", await client.GetStringAsync("/operations", Cancel), StringComparison.Ordinal);
        Assert.Contains("secretísimo", await client.GetStringAsync("/operations/respuestas/a1", Cancel), StringComparison.Ordinal);

        var seen = server.Services.GetRequiredService<AuditLog>().Last(1).Single();
        Assert.Equal(("question_seen", "a1"), (seen.Reason, seen.Question));
    }

    [Fact]
    public async Task Themes_of_few_people_stay_hidden_from_operators()
    {
        for (var person = 0; person < 3; person++) Record($"a{person}", $"p{person}", "¿Y la pensión alimenticia?", "refused", "not_found");
        Record("b1", "p9", "¿Y mi vecino Filiberto?", "refused", "not_found");

        var operators = await (await EnterAsync(Key)).GetStringAsync("/operations", Cancel);
        var lawyer = await (await EnterAsync(LawyerKey)).GetStringAsync("/operations", Cancel);

        Assert.Contains("pensión", operators, StringComparison.Ordinal);
        Assert.DoesNotContain("filiberto", operators, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("filiberto", lawyer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        var client = await EnterAsync(Key);

        var forged = await client.PostAsync("/operations/modo", new FormUrlEncodedContent([new("modo", "Closed")]), Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(ServiceMode.Normal, server.Services.GetRequiredService<ServiceSwitch>().Mode);
    }

    [Fact]
    public async Task The_switch_is_set_shown_and_recorded()
    {
        var client = await EnterAsync(Key);

        var page = await (await PostAsync(client, "/operations", "/operations/modo", ("modo", "SourcesOnly"))).Content.ReadAsStringAsync(Cancel);

        Assert.Equal("Sólo artículos", new HtmlParser().ParseDocument(page).QuerySelector(".mode")!.TextContent);
        Assert.Equal(ServiceMode.SourcesOnly, server.Services.GetRequiredService<ServiceSwitch>().Mode);
        Assert.Equal("SourcesOnly", server.Services.GetRequiredService<AuditLog>().Last(1).Single().Question);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(client, "/operations", "/operations/modo", ("modo", "7"))).StatusCode);
    }

    [Fact]
    public async Task What_a_spreadsheet_would_run_is_exported_as_text_and_markup_stays_text()
    {
        Record("a1", "ana", "=HYPERLINK(\"https://example.com\")<script>alert(1)</script>", "refused", "not_found");
        var client = await EnterAsync(LawyerKey);

        var csv = await client.GetStringAsync("/operations/respuestas.csv", Cancel);
        var page = new HtmlParser().ParseDocument(await client.GetStringAsync("/operations", Cancel));

        Assert.Contains("\"'=HYPERLINK(\"\"https://example.com\"\")", csv, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("script, [style], [onerror]"));
    }

    [Fact]
    public async Task Filters_narrow_what_is_counted_and_nonsense_is_ignored()
    {
        Record("a1", "ana", "¿Uno?", "cited");
        Record("a2", "ana", "¿Dos?", "refused", "not_found");
        var client = await EnterAsync(Key);

        Assert.Contains("1 preguntas", await client.GetStringAsync("/operations?resultado=refused", Cancel), StringComparison.Ordinal);
        Assert.Contains("0 preguntas", await client.GetStringAsync("/operations?canal=teams", Cancel), StringComparison.Ordinal);
        Assert.Contains("0 preguntas", await client.GetStringAsync("/operations?hasta=2020-01-31", Cancel), StringComparison.Ordinal);
        Assert.Contains("2 preguntas", await client.GetStringAsync("/operations?desde=ayer&hasta=%3Cscript%3E", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lawyer_answers_a_case_through_the_bot_and_closes_it_and_each_step_is_recorded()
    {
        var id = OpenCase();
        var client = await EnterAsync(LawyerKey);
        var page = $"/operations/casos/{id}";
        Assert.Contains($"href=\"{page}\"", await client.GetStringAsync("/operations", Cancel), StringComparison.Ordinal);

        var shown = new HtmlParser().ParseDocument(await client.GetStringAsync(page, Cancel));
        Assert.Contains("Me embargan <mañana>", shown.QuerySelector(".trace")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Lic. Ana Ruiz", ((IHtmlInputElement)shown.QuerySelector("input[name=firma]")!).Value);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(client, page, $"{page}/responder", ("firma", "Lic. Ana Ruiz"), ("texto", " "))).StatusCode);
        var answered = await PostAsync(client, page, $"{page}/responder", ("firma", "Lic. Ana Ruiz"), ("texto", "Venga mañana a las diez."));
        Assert.Equal("Lic. Ana Ruiz", new HtmlParser().ParseDocument(await answered.Content.ReadAsStringAsync(Cancel)).QuerySelector(".trace li:last-child strong")!.TextContent);
        var sent = await channel.NextAsync();
        Assert.Equal("para ana", sent.Address);
        Assert.Contains("Le responde Lic. Ana Ruiz", sent.Body, StringComparison.Ordinal);
        Assert.EndsWith("Venga mañana a las diez.", sent.Body, StringComparison.Ordinal);

        await PostAsync(client, page, $"{page}/cerrar");
        Assert.Contains("cerró su caso", (await channel.NextAsync()).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(page, await client.GetStringAsync("/operations", Cancel), StringComparison.Ordinal);
        Assert.Empty(new HtmlParser().ParseDocument(await client.GetStringAsync(page, Cancel)).QuerySelectorAll("form"));
        var notes = server.Services.GetRequiredService<AuditLog>().Last(20).Where(row => row.Question == id).Select(row => row.Reason).ToHashSet();
        Assert.Equal(["case_answered", "case_closed", "case_seen"], notes.Order());
    }

    [Fact]
    public async Task Operators_see_that_a_case_waits_but_neither_read_nor_answer_it_and_no_form_works_without_its_token()
    {
        var id = OpenCase();
        var page = $"/operations/casos/{id}";
        var operators = await EnterAsync(Key);
        var lawyer = await EnterAsync(LawyerKey);

        var overview = await operators.GetStringAsync("/operations", Cancel);
        Assert.Contains(id, overview, StringComparison.Ordinal);
        Assert.DoesNotContain(page, overview, StringComparison.Ordinal);
        Assert.DoesNotContain("embargan", overview, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await operators.GetAsync(page, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(operators, "/operations", $"{page}/responder", ("firma", "Yo"), ("texto", "Hola"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(operators, "/operations", $"{page}/cerrar")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await lawyer.PostAsync($"{page}/responder", new FormUrlEncodedContent([new("firma", "Yo"), new("texto", "Hola")]), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await lawyer.PostAsync($"{page}/cerrar", null, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await lawyer.GetAsync("/operations/casos/AAAAAA", Cancel)).StatusCode);

        Assert.False(channel.More);
        Assert.Equal(HandOverState.Open, server.Services.GetRequiredService<HandOverDesk>().Find(id)!.State);
    }

    private string OpenCase()
    {
        var handOvers = server.Services.GetRequiredService<HandOvers>();
        handOvers.Offer(channel.Name, "prueba:ana", "carril", "para ana", "lo pidió");
        var id = handOvers.Current(channel.Name, "prueba:ana")!.Id;
        handOvers.Open(id, [new HandOverLine(HandOverSide.Person, "", "Me embargan <mañana>")]);
        return id;
    }

    [Fact]
    public async Task Signing_out_closes_the_door()
    {
        var client = await EnterAsync(Key);

        await PostAsync(client, "/operations", "/operations/salir");

        Assert.Equal("/operations/entrar", (await client.GetAsync("/operations", Cancel)).RequestMessage!.RequestUri!.AbsolutePath);
    }

    private void Record(string id, string person, string question, string outcome, string? reason = null) => server.Services.GetRequiredService<AuditLog>().Append(new AuditEntry
    {
        Id = id, Person = person, Channel = "web", Question = question, Outcome = outcome, Reason = reason, Answer = """{"text":"El préstamo dura quince días."}""",
        Verdicts = outcome == "cited" ? Verdicts : "[]", Engine = "extractive", Timings = """{"screen":1.5,"search":2.5}""",
    });

    private async Task<HttpClient> EnterAsync(string key)
    {
        var client = server.CreateClient();
        var entered = await PostAsync(client, "/operations/entrar", "/operations/entrar", ("clave", key));
        Assert.Equal("/operations", entered.RequestMessage!.RequestUri!.AbsolutePath);
        return client;
    }

    /// <summary>Sends a form as the page would, with the token that the page holds.</summary>
    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string page, string action, params (string Name, string Value)[] fields)
    {
        var document = new HtmlParser().ParseDocument(await client.GetStringAsync(page, Cancel));
        var token = ((IHtmlInputElement)document.QuerySelector("input[name=csrf]")!).Value;
        return await client.PostAsync(action, new FormUrlEncodedContent([new("csrf", token), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]), Cancel);
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Answering;
using ParalegalBot.Records;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Server;

public sealed class ChatApiTests : IDisposable
{
    private readonly SampleServer server = new();

    public void Dispose() => server.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The events of a question on the page.</summary>
    private static async Task<IReadOnlyList<JsonElement>> AskAsync(HttpClient client, string text)
    {
        var response = await client.PostAsJsonAsync("/chat/mensajes", new { text }, Cancel);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return [.. (await response.Content.ReadAsStringAsync(Cancel)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(block => JsonDocument.Parse(block["data:".Length..]).RootElement)];
    }

    [Fact]
    public async Task Progress_comes_in_order_and_then_the_turn()
    {
        server.Answer = (_, progress, _) =>
        {
            progress!.Report("Buscando…");
            progress.Report("Comprobando…");
            return Task.FromResult<Answer>(server.Cited());
        };

        var events = await AskAsync(server.CreateClient(), "¿Cuánto dura?");

        Assert.Equal(["Buscando…", "Comprobando…"], events.SkipLast(1).Select(step => step.GetProperty("progress").GetString()));
        var citation = events[^1].GetProperty("turn").GetProperty("reply").GetProperty("citations")[0];
        Assert.Equal("«El plazo del préstamo es de quince días.»", citation.GetProperty("quoted").GetString());
        Assert.Equal("art. 2o, párr. 1, LPL", citation.GetProperty("printed").GetString());
        Assert.Contains("Verificado hasta: 30 de junio de 2026", citation.GetProperty("currency").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_is_kept_for_its_browser_only_until_it_asks_for_a_new_one()
    {
        var questions = new List<Question>();
        server.Answer = (question, _, _) =>
        {
            questions.Add(question);
            return Task.FromResult<Answer>(server.Cited());
        };
        var mine = server.CreateClient();
        var theirs = server.CreateClient();

        await AskAsync(mine, "Primera");
        await AskAsync(mine, "Segunda");

        Assert.Equal(["Primera", "El préstamo dura quince días."], questions[1].History.Select(turn => turn.Text));
        Assert.Equal(2, (await mine.GetFromJsonAsync<JsonElement>("/chat/conversacion", Cancel)).GetArrayLength());
        Assert.Equal(0, (await theirs.GetFromJsonAsync<JsonElement>("/chat/conversacion", Cancel)).GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.GetAsync("/chat/respuestas/r1.docx", Cancel)).StatusCode);
        await mine.DeleteAsync("/chat/conversacion", Cancel);
        Assert.Equal(0, (await mine.GetFromJsonAsync<JsonElement>("/chat/conversacion", Cancel)).GetArrayLength());
    }

    [Fact]
    public async Task A_conversation_survives_a_restart_of_the_server()
    {
        using var folder = new ScratchFolder();
        string cookie, before, after;
        using (var first = new SampleServer { ["Records:Path"] = folder["records.db"] })
        {
            first.Answer = (_, _, _) => Task.FromResult<Answer>(first.Cited());
            var client = first.CreateClient();
            var response = await client.PostAsJsonAsync("/chat/mensajes", new { text = "¿Cuánto dura?" }, Cancel);
            await response.Content.ReadAsStringAsync(Cancel);
            cookie = response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
            before = await client.GetStringAsync("/chat/conversacion", Cancel);
        }
        using (var second = new SampleServer { ["Records:Path"] = folder["records.db"] })
        {
            var client = second.CreateClient();
            client.DefaultRequestHeaders.Add("Cookie", cookie);
            after = await client.GetStringAsync("/chat/conversacion", Cancel);
        }

        Assert.Equal(before, after);
        Assert.Equal("¿Cuánto dura?", JsonDocument.Parse(after).RootElement[0].GetProperty("question").GetString());
    }

    [Fact]
    public async Task What_must_be_said_beside_the_claims_is_said_on_the_page_in_the_copy_and_in_the_document()
    {
        server.Answer = (_, _, _) => Task.FromResult<Answer>(server.Cited() with
        {
            Notices =
            [
                new Notice(NoticeKind.Jurisdiction, "Solo rige en materia federal."), new Notice(NoticeKind.Demonstration, "Demostración."),
                new Notice(NoticeKind.NotAdvice, "Esto es información. Abogada responsable: Ana Ruiz."),
            ],
        });
        var client = server.CreateClient();

        var turn = (await AskAsync(client, "¿Cuánto dura?"))[^1].GetProperty("turn");
        var copy = turn.GetProperty("copy").GetString()!;
        using var file = WordprocessingDocument.Open(new MemoryStream(await client.GetByteArrayAsync("/chat/respuestas/r1.docx", Cancel)), isEditable: false);

        var reply = turn.GetProperty("reply");
        Assert.Equal("Solo rige en materia federal.", Assert.Single(reply.GetProperty("opening").EnumerateArray()).GetString());
        Assert.Equal("Demostración.", reply.GetProperty("demonstration").GetString());
        Assert.Equal("Esto es información. Abogada responsable: Ana Ruiz.", reply.GetProperty("notAdvice").GetString());
        Assert.Equal([0, 1, 2, 3], new[] { "Demostración.", "Solo rige", "1. El préstamo", "Esto es información." }.Index().OrderBy(words => copy.IndexOf(words.Item, StringComparison.Ordinal)).Select(words => words.Index));
        Assert.Contains("Demostración.Solo rige en materia federal.1. El préstamo", file.MainDocumentPart!.Document!.InnerText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        server.Answer = (_, _, _) => Task.FromResult<Answer>(server.Cited());
        var client = server.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://bot.example") });

        var cookie = (await client.PostAsJsonAsync("/chat/mensajes", new { text = "hola" }, Cancel)).Headers.GetValues("Set-Cookie").Single();

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("'; DROP TABLE conversation; --")]
    public async Task A_forged_cookie_opens_nothing(string id)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/chat/conversacion");
        request.Headers.Add("Cookie", $"paralegal_conversacion={Uri.EscapeDataString(id)}");

        var response = await server.CreateClient().SendAsync(request, Cancel);

        Assert.Equal("[]", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task A_failure_while_answering_ends_the_stream_with_a_sentence_and_keeps_nothing()
    {
        server.Answer = (_, _, _) => throw new InvalidOperationException("secreto interno");
        var client = server.CreateClient();

        var last = (await AskAsync(client, "hola"))[^1];

        Assert.Contains("No se pudo completar", last.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secreto", last.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>("/chat/conversacion", Cancel)).GetArrayLength());
    }

    [Fact]
    public async Task An_answer_is_downloaded_as_a_valid_Word_document_with_links_and_dates()
    {
        server.Answer = (_, _, _) => Task.FromResult<Answer>(server.Cited());
        var client = server.CreateClient();
        await AskAsync(client, "¿Cuánto dura\nel préstamo?");

        var bytes = await client.GetByteArrayAsync("/chat/respuestas/r1.docx", Cancel);

        using var file = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(file, Cancel).Select(error => error.Description));
        var text = file.MainDocumentPart!.Document!.InnerText;
        Assert.Contains("el préstamo?", text, StringComparison.Ordinal);
        Assert.Contains("«El plazo del préstamo es de quince días.»", text, StringComparison.Ordinal);
        Assert.Contains("1.º de marzo de 2024", text, StringComparison.Ordinal);
        Assert.Contains("no es asesoría legal", text, StringComparison.Ordinal);
        Assert.Equal(["http://localhost/leyes/LPL/articulos/2o#p1"], file.MainDocumentPart.HyperlinkRelationships.Select(link => link.Uri.ToString()).Distinct());
    }

    [Fact]
    public async Task A_sintesis_is_never_between_quotation_marks()
    {
        server.Answer = (_, _, _) =>
        {
            var cited = server.Cited();
            var passage = cited.Claims[0].Citations[0].Passage with { Official = false };
            return Task.FromResult<Answer>(cited with { Claims = [cited.Claims[0] with { Citations = [new Citation(passage, [1])] }] });
        };

        var turn = (await AskAsync(server.CreateClient(), "hola"))[^1].GetProperty("turn");

        Assert.Equal("El plazo del préstamo es de quince días.", turn.GetProperty("reply").GetProperty("citations")[0].GetProperty("quoted").GetString());
        Assert.DoesNotContain("«", turn.GetProperty("copy").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"liked":true}""", HttpStatusCode.NoContent)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("""{"liked":"x"}""", HttpStatusCode.BadRequest)]
    public async Task An_answer_is_rated_by_the_browser_that_got_it(string body, HttpStatusCode expected)
    {
        server.Answer = (_, _, _) => Task.FromResult<Answer>(server.Cited());
        var mine = server.CreateClient();
        await AskAsync(mine, "Primera");

        var response = await mine.PostAsync("/chat/respuestas/r1/valoracion", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Cancel);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected is HttpStatusCode.NoContent ? 1 : 0, server.Services.GetRequiredService<FeedbackStore>().Of("r1").Count);
        Assert.Equal(HttpStatusCode.NotFound, (await server.CreateClient().PostAsJsonAsync("/chat/respuestas/r1/valoracion", new { liked = true }, Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_person_reads_and_erases_what_is_kept_of_them_in_the_chat_itself()
    {
        server.Answer = (_, _, _) => Task.FromResult<Answer>(server.Cited());
        var (mine, theirs) = (server.CreateClient(), server.CreateClient());
        await AskAsync(mine, "Primera");
        await AskAsync(theirs, "Ajena");

        Assert.StartsWith("Aviso de privacidad simplificado", await NoteAsync("privacidad"), StringComparison.Ordinal);
        Assert.StartsWith("Su mensaje parece contar un dato sensible", await NoteAsync("Tengo VIH, ¿me pueden despedir?"), StringComparison.Ordinal);
        Assert.StartsWith("Listo: borré", await NoteAsync("¡Borrar mis datos!"), StringComparison.Ordinal);

        Assert.Empty((await mine.GetFromJsonAsync<JsonElement>("/chat/conversacion", Cancel)).EnumerateArray());
        Assert.Single((await theirs.GetFromJsonAsync<JsonElement>("/chat/conversacion", Cancel)).EnumerateArray());

        async Task<string?> NoteAsync(string text) => (await AskAsync(mine, text))[^1].GetProperty("note").GetProperty("text").GetString();
    }

    [Fact]
    public async Task The_first_page_says_who_speaks_and_that_it_is_not_legal_advice()
    {
        server["Firm:Name"] = "Bufete <b>Norte</b>";
        server["Firm:BotName"] = "Licha";
        server["Firm:ResponsibleLawyer"] = "Lic. Ana Ruiz";
        server["Firm:Notice"] = "Horario: 9 a 18 h.";

        var page = await server.CreateClient().GetStringAsync("/", Cancel);

        Assert.Contains("Soy Licha", page, StringComparison.Ordinal);
        Assert.Contains("no asesoría legal", page, StringComparison.Ordinal);
        Assert.Contains("Aviso de privacidad simplificado. Bufete", page, StringComparison.Ordinal);
        Assert.Contains("Lic. Ana Ruiz", page, StringComparison.Ordinal);
        Assert.Contains("Horario: 9 a 18 h.", page, StringComparison.Ordinal);
        Assert.Contains("Bufete &lt;b&gt;Norte", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Norte", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_firm_s_logo_is_served_so_that_nothing_in_it_can_run()
    {
        using var folder = new ScratchFolder();
        await File.WriteAllTextAsync(folder["logo.svg"], "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", Cancel);
        server["Firm:Logo"] = folder["logo.svg"];

        var response = await server.CreateClient().GetAsync("/logo", Cancel);
        var page = await server.CreateClient().GetStringAsync("/", Cancel);

        Assert.Contains("<img class=\"logo\" src=\"/logo\"", page, StringComparison.Ordinal);
        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("sandbox", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }
}

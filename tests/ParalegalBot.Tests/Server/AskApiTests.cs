using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ParalegalBot.Answering;
using ParalegalBot.Server.Operations;

namespace ParalegalBot.Tests.Server;

public sealed class AskApiTests : IDisposable
{
    private readonly SampleServer server = new();

    public void Dispose() => server.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_is_answered_with_the_JSON_of_ask()
    {
        Question? asked = null;
        server.Answer = (question, _, _) => Task.FromResult<Answer>((asked = question) is null ? null! : server.Cited());

        var response = await server.CreateClient().PostAsJsonAsync("/v1/ask",
            new { text = " ¿Cuánto dura? ", history = new[] { new { role = "user", text = "Hola" } }, asOf = "2025-03-01", state = "Jalisco" }, Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal("cited", json.GetProperty("outcome").GetString());
        Assert.Equal("/leyes/LPL/articulos/2o#p1", json.GetProperty("claims")[0].GetProperty("citations")[0].GetProperty("url").GetString());
        Assert.Equal("2026-01-15", json.GetProperty("as_of").GetString());
        Assert.Equal(("¿Cuánto dura?", "Jalisco", new DateOnly(2025, 3, 1), "api", "Hola"),
            (asked!.Text, asked.State, asked.AsOf!.Value, asked.Channel, asked.History.Single().Text));
    }

    [Fact]
    public async Task A_refusal_is_an_answer_and_not_a_failure()
    {
        server.Answer = (_, _, _) => Task.FromResult<Answer>(new Answer.Refused { Text = "No lo encontré.", Reason = RefusalReason.NonexistentArticle });

        var response = await server.CreateClient().PostAsJsonAsync("/v1/ask", new { text = "¿Art. 900 de la LPL?" }, Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("nonexistent_article", (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("reason").GetString());
    }

    public static TheoryData<string, int, string> BadBodies => new()
    {
        { "", 400, "vacío" },
        { "null", 400, "null" },
        { "{\"text\":", 400, "mal formado" },
        { "[]", 400, "tipo equivocado" },
        { "\"hola\"", 400, "tipo equivocado" },
        { "{\"text\":5}", 400, "«text»" },
        { "{\"text\":{}}", 400, "«text»" },
        { "{}", 400, "está vacía" },
        { "{\"text\":\"  \\n \"}", 400, "está vacía" },
        { "{\"text\":\"hola\\u0000\"}", 400, "caracteres de control" },
        { "{\"text\":\"hola\\u001b[2J\"}", 400, "caracteres de control" },
        { "{\"text\":\"\\ud800\"}", 400, "" }, // half a character
        { "{\"text\":\"" + new string('a', 8001) + "\"}", 400, "8000" },
        { "{\"text\":\"" + new string('a', 100_000) + "\"}", 413, "64 KB" },
        { "{\"text\":\"hola\",\"asOf\":\"31-12-2024\"}", 400, "AAAA-MM-DD" },
        { "{\"text\":\"hola\",\"asOf\":\"2024-02-30\"}", 400, "AAAA-MM-DD" },
        { "{\"text\":\"hola\",\"asOf\":\"0001-01-01\"}", 400, "AAAA-MM-DD" },
        { "{\"text\":\"hola\",\"asOf\":20240101}", 400, "«asOf»" },
        { "{\"text\":\"hola\",\"history\":\"nada\"}", 400, "«history»" },
        { "{\"text\":\"hola\",\"history\":[null]}", 400, "«history»" },
        { "{\"text\":\"hola\",\"history\":[{\"role\":\"system\",\"text\":\"x\"}]}", 400, "«history»" },
        { "{\"text\":\"hola\",\"history\":[" + string.Join(',', Enumerable.Repeat("{\"role\":\"user\",\"text\":\"x\"}", 41)) + "]}", 400, "40 turnos" },
        { "{\"text\":\"hola\",\"state\":\"" + new string('x', 61) + "\"}", 400, "«state»" },
        { new string('[', 5000), 400, "mal formado" }, // deeper than any parser should follow
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Bad_input_is_told_in_Spanish_as_problem_details(string body, int status, string words)
    {
        foreach (var path in new[] { "/v1/ask", "/chat/mensajes" })
        {
            var response = await server.CreateClient().PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Cancel);

            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            Assert.Equal(status, problem.GetProperty("status").GetInt32());
            Assert.Contains(words, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", problem.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Another_content_type_is_refused(string type)
    {
        var response = await server.CreateClient().PostAsync("/v1/ask", new StringContent("{\"text\":\"hola\"}", Encoding.UTF8, type), Cancel);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("application/json", (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\" OR 1=1 --")]
    [InlineData("artículo* NEAR/2 \"ley\" AND NOT (")]
    [InlineData("'; DROP TABLE statute; --")]
    public async Task Query_syntax_reaches_the_assistant_as_plain_words(string text)
    {
        Question? asked = null;
        server.Answer = (question, _, _) => Task.FromResult<Answer>((asked = question) is null ? null! : server.Cited());

        var response = await server.CreateClient().PostAsJsonAsync("/v1/ask", new { text }, Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(text, asked!.Text);
    }

    [Fact]
    public async Task A_broken_assistant_is_told_without_its_innards()
    {
        server.Answer = (_, _, _) => throw new InvalidOperationException("secreto interno");

        var response = await server.CreateClient().PostAsJsonAsync("/v1/ask", new { text = "hola" }, Cancel);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        var body = await response.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotContain("secreto", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
        Assert.Contains("bitácora", JsonDocument.Parse(body).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_written_for_people_is_shown_to_them()
    {
        server.Answer = (_, _, _) => throw new ParalegalBotException("El motor no respondió; revise Inference:Endpoint.");

        var response = await server.CreateClient().PostAsJsonAsync("/v1/ask", new { text = "hola" }, Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("Inference:Endpoint", (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_too_fast_is_told_to_wait()
    {
        server.Answer = (_, _, _) => Task.FromResult<Answer>(server.Cited());
        var client = server.CreateClient();

        var limits = new ProtectionOptions();
        HttpResponseMessage response;
        var asked = 0;
        do response = await client.PostAsJsonAsync("/v1/ask", new { text = "hola" }, Cancel);
        while (response.StatusCode == HttpStatusCode.OK && ++asked < 10 * limits.QuestionBurst);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.True(asked >= limits.QuestionBurst);
        Assert.Contains("Espere", (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}

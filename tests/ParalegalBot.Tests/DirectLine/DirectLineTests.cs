using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Answering;
using ParalegalBot.Records;
using ParalegalBot.Tests.Server;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.DirectLine;

public sealed class DirectLineTests : IDisposable
{
    private const string Secret = "un-secreto-de-prueba-con-mas-de-treinta-y-dos";

    private readonly SampleServer server = new() { ["DirectLine:Secret"] = Secret, ["DirectLine:Origins:0"] = "https://intranet.example" };

    public DirectLineTests() => server.Answer = (question, _, _) => Task.FromResult<Answer>(server.Cited($"Respuesta a {question.Text}."));

    public void Dispose() => server.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(SampleServer server, HttpMethod method, string path, string? token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, "/v3/directline/" + path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null) request.Content = JsonContent.Create(body);
        var response = await server.CreateClient().SendAsync(request, Cancel);
        return (response.StatusCode, response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>(Cancel) : default);
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(HttpMethod method, string path, string? token, object? body = null) => CallAsync(server, method, path, token, body);

    private async Task<(string Conversation, string Token)> StartAsync()
    {
        var (_, generated) = await CallAsync(HttpMethod.Post, "tokens/generate", Secret, new { user = new { id = "dl_ana" } });
        var (status, started) = await CallAsync(HttpMethod.Post, "conversations", generated.GetProperty("token").GetString());
        Assert.Equal(HttpStatusCode.Created, status);
        return (started.GetProperty("conversationId").GetString()!, started.GetProperty("token").GetString()!);
    }

    /// <summary>Polls as the control does until the transcript holds <paramref name="text"/>.</summary>
    private async Task<List<JsonElement>> UntilAsync(SampleServer from, string conversation, string token, string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        var activities = new List<JsonElement>();
        var watermark = "";
        while (!activities.Any(activity => activity.GetProperty("text").GetString()!.Contains(text, StringComparison.Ordinal)))
        {
            limit.Token.ThrowIfCancellationRequested();
            var (_, set) = await CallAsync(from, HttpMethod.Get, $"conversations/{conversation}/activities?watermark={watermark}", token);
            activities.AddRange(set.GetProperty("activities").EnumerateArray());
            watermark = set.GetProperty("watermark").GetString();
            await Task.Yield();
        }
        return activities;
    }

    [Fact]
    public async Task A_question_is_echoed_first_under_the_token_s_person_and_its_answer_replies_to_it_with_definitions()
    {
        var (conversation, token) = await StartAsync();
        var (_, sent) = await CallAsync(HttpMethod.Post, $"conversations/{conversation}/activities", token,
            new { type = "message", text = "Primera", from = new { id = "forged" }, channelData = new { clientActivityID = "c1", extra = new[] { 1, 2 } } });

        var activities = await UntilAsync(server, conversation, token, "Respuesta a Primera");

        var echo = activities.Single(activity => activity.GetProperty("id").GetString() == sent.GetProperty("id").GetString());
        Assert.Equal("dl_ana", echo.GetProperty("from").GetProperty("id").GetString());
        Assert.Equal("""{"clientActivityID":"c1","extra":[1,2]}""", echo.GetProperty("channelData").GetRawText());
        var answer = activities[^1];
        Assert.Equal(echo.GetProperty("id").GetString(), answer.GetProperty("replyToId").GetString());
        Assert.Equal("bot", answer.GetProperty("from").GetProperty("role").GetString());
        Assert.Contains("/leyes/LPL/articulos/2o#p1 \"art. 2o, párr. 1, LPL\"", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains(activities, activity => activity.GetProperty("text").GetString()!.StartsWith("Aviso de privacidad", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_message_sent_again_is_one_message()
    {
        var (conversation, token) = await StartAsync();
        var message = new { type = "message", text = "Primera", channelData = new { clientActivityID = "c1" } };

        var first = (await CallAsync(HttpMethod.Post, $"conversations/{conversation}/activities", token, message)).Body.GetProperty("id").GetString();
        var again = (await CallAsync(HttpMethod.Post, $"conversations/{conversation}/activities", token, message)).Body.GetProperty("id").GetString();
        await UntilAsync(server, conversation, token, "Respuesta a Primera");
        await CallAsync(HttpMethod.Post, $"conversations/{conversation}/activities", token, new { type = "message", text = "Segunda" });
        var activities = await UntilAsync(server, conversation, token, "Respuesta a Segunda");

        Assert.Equal(first, again);
        Assert.Single(activities, activity => activity.GetProperty("text").GetString()!.Contains("Respuesta a Primera", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_restart_the_conversation_goes_on_from_the_watermark()
    {
        using var folder = new ScratchFolder();
        string conversation, token;
        using (var first = new SampleServer { ["DirectLine:Secret"] = Secret, ["Records:Path"] = folder["records.db"] })
        {
            first.Answer = (_, _, _) => Task.FromResult<Answer>(first.Cited("Respuesta."));
            token = (await CallAsync(first, HttpMethod.Post, "tokens/generate", Secret)).Body.GetProperty("token").GetString()!;
            conversation = (await CallAsync(first, HttpMethod.Post, "conversations", token)).Body.GetProperty("conversationId").GetString()!;
            await CallAsync(first, HttpMethod.Post, $"conversations/{conversation}/activities", token, new { type = "message", text = "Primera" });
            await UntilAsync(first, conversation, token, "Respuesta.");
        }
        using var second = new SampleServer { ["DirectLine:Secret"] = Secret, ["Records:Path"] = folder["records.db"] };

        var (status, again) = await CallAsync(second, HttpMethod.Get, $"conversations/{conversation}?watermark=1", token);
        var activities = await UntilAsync(second, conversation, again.GetProperty("token").GetString()!, "Respuesta.");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(activities, activity => activity.GetProperty("text").GetString() == "Primera");
    }

    [Fact]
    public async Task A_token_opens_its_own_conversation_only_and_the_secret_none()
    {
        var (mine, token) = await StartAsync();
        var (theirs, _) = await StartAsync();

        foreach (var wrong in new[] { null, "x", Secret, token[..^2] })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(HttpMethod.Get, $"conversations/{mine}/activities", wrong)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(HttpMethod.Post, "tokens/refresh", wrong)).Status);
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(HttpMethod.Get, $"conversations/{theirs}/activities", token)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(HttpMethod.Post, "tokens/generate", "otro")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await CallAsync(HttpMethod.Post, "tokens/generate", Secret, new { user = new { id = "ana" } })).Status);
        Assert.Equal(mine, (await CallAsync(HttpMethod.Post, "tokens/refresh", token)).Body.GetProperty("conversationId").GetString());
    }

    [Fact]
    public async Task Only_pages_that_the_firm_named_may_use_it()
    {
        foreach (var (origin, allowed) in new[] { ("https://intranet.example", true), ("https://evil.example", false) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, "/v3/directline/conversations");
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,x-ms-bot-agent,x-requested-with"); // what the control asks for
            var response = await server.CreateClient().SendAsync(request, Cancel);
            Assert.Equal(allowed, response.Headers.Contains("Access-Control-Allow-Origin"));
            if (allowed) Assert.Contains("x-requested-with", string.Join(',', response.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("[", 400)]
    [InlineData("null", 400)]
    [InlineData("{}", 400)]
    [InlineData("""{"type":"message","text":{}}""", 400)]
    [InlineData("""{"type":"typing"}""", 200)]
    public async Task Bad_input_gets_the_right_status(string body, int status)
    {
        var (conversation, token) = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v3/directline/conversations/{conversation}/activities") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        Assert.Equal(status, (int)(await server.CreateClient().SendAsync(request, Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_thumb_rates_the_answer_of_its_own_conversation_and_no_other()
    {
        var (conversation, token) = await StartAsync();
        var (stranger, strangers) = await StartAsync();
        await CallAsync(HttpMethod.Post, $"conversations/{conversation}/activities", token, new { type = "message", text = "Primera" });
        var answer = (await UntilAsync(server, conversation, token, "Respuesta a Primera"))[^1];
        var thumb = answer.GetProperty("entities")[0].GetProperty("potentialAction")[1];
        Assert.Equal("DislikeAction", thumb.GetProperty("@type").GetString());
        var press = new { type = "event", name = "webchat:activity-status/feedback", entities = new[] { thumb } };

        await CallAsync(HttpMethod.Post, $"conversations/{stranger}/activities", strangers, press);
        Assert.Empty(server.Services.GetRequiredService<FeedbackStore>().Of("r1"));
        await CallAsync(HttpMethod.Post, $"conversations/{conversation}/activities", token, press);

        Assert.False(Assert.Single(server.Services.GetRequiredService<FeedbackStore>().Of("r1")).Liked);
    }

    [Fact]
    public async Task Whatever_is_sent_gets_a_status_and_the_conversation_goes_on()
    {
        var (conversation, token) = await StartAsync();
        var path = $"conversations/{conversation}/activities";
        Assert.Equal(413, await PostAsync(path, $$"""{"type":"message","text":"{{new string('x', 300_000)}}"}"""));
        Assert.Equal(400, await PostAsync(path, new string('[', 100_000)));
        Assert.Equal(400, await PostAsync(path, string.Concat(Enumerable.Repeat("{\"a\":", 5000))));
        Assert.Equal(400, await PostAsync(path, """{"type":"message","text":"\ud800"}"""));
        Assert.Equal(415, await PostAsync(path, "<a/>", "application/xml"));
        Assert.Equal(415, await PostAsync(path, "type=message", "application/x-www-form-urlencoded"));
        Assert.Equal(400, await PostAsync("tokens/generate", """{"user":{"id":[]}}""", authorization: Secret));
        Assert.Equal(400, await PostAsync("tokens/generate", $$$"""{"user":{"id":"dl_{{{new string('x', 3000)}}}"}}""", authorization: Secret));
        foreach (var watermark in new[] { "-1", "x", "99999999999999999999999", "1e3", "%00" })
            Assert.Equal(HttpStatusCode.OK, (await CallAsync(HttpMethod.Get, $"{path}?watermark={watermark}", token)).Status);

        var random = new Random(7);
        const string Whole = """{"type":"message","text":"Primera","from":{"id":"x"},"channelData":{"clientActivityID":"c1","attachmentSizes":[1]},"locale":"en-US@posix"}""";
        for (var i = 0; i < 200; i++)
        {
            var characters = Whole.ToCharArray();
            for (var j = 0; j < 3; j++) characters[random.Next(characters.Length)] = (char)random.Next(32, 127);
            Assert.Contains(await PostAsync(path, new string(characters)), new[] { 200, 400 });
        }
        await CallAsync(HttpMethod.Post, path, token, new { type = "message", text = "Última" });

        Assert.Contains(await UntilAsync(server, conversation, token, "Respuesta a Última"), activity => activity.GetProperty("from").GetProperty("role").GetString() == "bot");

        async Task<int> PostAsync(string to, string body, string type = "application/json", string? authorization = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/directline/" + to) { Content = new StringContent(body, System.Text.Encoding.UTF8, type) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", authorization ?? token);
            return (int)(await server.CreateClient().SendAsync(request, Cancel)).StatusCode;
        }
    }

    [Fact]
    public async Task Without_a_secret_it_is_off_outside_Development()
    {
        using var off = new SampleServer { ["environment"] = "Production" };

        Assert.Equal(HttpStatusCode.NotFound, (await CallAsync(off, HttpMethod.Post, "tokens/generate", null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await CallAsync(off, HttpMethod.Post, "conversations", "x")).Status);
    }
}

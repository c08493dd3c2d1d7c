using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Answering;
using ParalegalBot.Records;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Teams;

public class TeamsTests : IAsyncLifetime
{
    private protected virtual Task<TeamsServer> StartAsync() => TeamsServer.StartAsync();

    private TeamsServer teams = null!;

    public async ValueTask InitializeAsync()
    {
        teams = await StartAsync();
        teams.Server.Answer = (_, progress, _) =>
        {
            progress!.Report("Buscando en las leyes cargadas…");
            return Task.FromResult<Answer>(teams.Server.Cited());
        };
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await teams.DisposeAsync();
    }

    /// <summary>Asks and skips what is said to a newcomer.</summary>
    private async Task<ConnectorCall> AskAsync(JsonObject activity)
    {
        Assert.Equal(HttpStatusCode.OK, (await teams.PostAsync(activity)).StatusCode);
        while (true)
        {
            if (await teams.Cloud.NextTextAsync() is { } call && !call.Text.StartsWith("Aviso", StringComparison.Ordinal)) return call;
        }
    }

    [Fact]
    public async Task One_to_one_the_answer_finishes_the_stream_that_progress_began()
    {
        var started = new TaskCompletionSource();
        teams.Cloud.Answer = call =>
        {
            if (call.Info?["streamType"]?.GetValue<string>() != "informative") return (call.Info is null ? 201 : 202, call.Info is null ? """{"id":"m"}""" : "");
            started.TrySetResult();
            return (201, """{"id":"s1"}""");
        };
        teams.Server.Answer = async (_, progress, _) =>
        {
            progress!.Report("Buscando en las leyes cargadas…");
            await started.Task;
            return teams.Server.Cited();
        };
        await teams.PostAsync(teams.Activity());

        ConnectorCall call;
        while ((call = await teams.Cloud.NextAsync()).Info is null) { }
        Assert.Equal(("typing", "Buscando en las leyes cargadas…"), (call.Type, call.Text));
        Assert.Equal(1, call.Info!["streamSequence"]!.GetValue<int>());
        while ((call = await teams.Cloud.NextAsync()).Info is null) { }

        Assert.Equal(("message", "final", "s1"), (call.Type, call.Info!["streamType"]!.GetValue<string>(), call.Info["streamId"]!.GetValue<string>()));
        Assert.Null(call.Info["streamSequence"]);
        Assert.Contains("El préstamo dura quince días. [1]", call.Text, StringComparison.Ordinal);
        while ((call = await teams.Cloud.NextAsync()).Body["attachments"] is null) { }
        Assert.Null(call.Info); // a stream ends once: the card after it would take the answer's place
    }

    [Theory]
    [InlineData("the message exceeded streaming time", true)]
    [InlineData("the stream was canceled by user", false)]
    public async Task A_stream_that_took_too_long_is_replaced_by_the_answer_and_one_that_was_stopped_stays_stopped(string problem, bool replaced)
    {
        var started = new TaskCompletionSource();
        teams.Cloud.Answer = call =>
        {
            switch (call.Info?["streamType"]?.GetValue<string>())
            {
                case "informative":
                    started.TrySetResult();
                    return (201, """{"id":"s1"}""");
                case "final":
                    return (403, $$$"""{"error":{"code":"ContentStreamNotAllowed","message":"{{{problem}}}"}}""");
                default:
                    return (200, """{"id":"m"}""");
            }
        };
        teams.Server.Answer = async (_, progress, _) =>
        {
            progress!.Report("Buscando…");
            await started.Task;
            return teams.Server.Cited();
        };
        await teams.PostAsync(teams.Activity());

        var calls = new List<ConnectorCall>();
        do calls.Add(await teams.Cloud.NextAsync());
        while (calls[^1].Body["attachments"] is null); // the card comes last

        var puts = calls.Where(call => call.Method == "PUT").ToList();
        Assert.Equal(replaced ? 1 : 0, puts.Count);
        Assert.All(puts, call => Assert.Equal(("s1", null, true), (call.Activity, call.Info, call.Text.Contains("quince días. [1]", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task In_a_group_a_mention_is_answered_with_a_plain_reply_and_anything_else_is_not()
    {
        var asked = new List<string>();
        teams.Server.Answer = (question, progress, _) =>
        {
            asked.Add(question.Text);
            progress!.Report("Buscando…");
            return Task.FromResult<Answer>(teams.Server.Cited());
        };
        await teams.PostAsync(teams.Activity(text: "hola a todos", kind: "groupChat"));
        var activity = teams.Activity(text: "<at>Licha</at>&nbsp; ¿cuánto dura? <at>Beto</at>", kind: "groupChat");
        activity["entities"] = new JsonArray(new JsonObject { ["type"] = "mention", ["text"] = "<at>Licha</at>", ["mentioned"] = new JsonObject { ["id"] = $"28:{BotFrameworkStub.AppId}", ["name"] = "Licha" } });

        var call = await AskAsync(activity);

        Assert.Equal(["¿cuánto dura? Beto"], asked);
        Assert.Null(call.Info);
        Assert.Equal(activity["id"]!.GetValue<string>(), call.Activity);
        Assert.Equal("19:grupo@thread.tacv2;messageid=1", call.Conversation);
        Assert.Equal("groupChat", call.Body["conversation"]!["conversationType"]!.GetValue<string>());
        Assert.Equal("Bearer bot-token-1", call.Authorization);
    }

    [Fact]
    public async Task Label_citations_and_card_keep_the_limits_whatever_the_law_says()
    {
        var flags = string.Concat(Enumerable.Repeat("🇲🇽", 200));
        var citations = Enumerable.Range(1, 12).Select(number => new Citation(
            new Passage { Id = $"LPL/{number}/p1", Law = "LPL", Article = $"{number}" + new string('9', 90), Text = flags, Unit = "p1" }, [1])).ToList();
        teams.Server.Answer = (_, _, _) => Task.FromResult<Answer>(teams.Server.Cited() with { Claims = [.. citations.Chunk(2).Select(two => new Claim("Una afirmación.", two, 1))] });

        var text = await AskAsync(teams.Activity(kind: "channel") is var activity && Mention(activity) ? activity : activity);
        var card = await teams.Cloud.NextAsync();

        var root = text.Entity("https://schema.org/Message")!;
        var claims = root["citation"]!.AsArray();
        Assert.Equal(["AIGeneratedContent"], root["additionalType"]!.AsArray().Select(item => item!.GetValue<string>()));
        Assert.Equal("", root["@id"]!.GetValue<string>());
        Assert.Equal(Enumerable.Range(1, 10), claims.Select(claim => claim!["position"]!.GetValue<int>()));
        Assert.All(claims, claim =>
        {
            var look = claim!["appearance"]!;
            Assert.InRange(look["name"]!.GetValue<string>().Length, 1, 80);
            Assert.InRange(look["abstract"]!.GetValue<string>().Length, 1, 160);
            Assert.Matches("^«?(🇲🇽)+…$", look["abstract"]!.GetValue<string>()); // no flag is cut in half
            Assert.StartsWith("https://bot.example/leyes/LPL/", look["url"]!.GetValue<string>(), StringComparison.Ordinal);
        });
        Assert.Equal(Enumerable.Range(1, 10).Select(number => $"[{number}]"), System.Text.RegularExpressions.Regex.Matches(text.Text, @"\[\d+\]").Select(match => match.Value));
        Assert.Equal("default", text.Body["channelData"]!["feedbackLoop"]!["type"]!.GetValue<string>());
        var content = card.Body["attachments"]![0]!;
        Assert.Equal("application/vnd.microsoft.card.adaptive", content["contentType"]!.GetValue<string>());
        Assert.Equal(12, System.Text.RegularExpressions.Regex.Count(content.ToJsonString(), "Action.OpenUrl"));
        Assert.True(System.Text.RegularExpressions.Regex.Replace(card.Body.ToJsonString(), @"\\u[0-9A-Fa-f]{4}", "x").Length * 2 < 80 * 1024, "the card is too large"); // counted in UTF-16
    }

    private static bool Mention(JsonObject activity)
    {
        activity["entities"] = new JsonArray(new JsonObject { ["type"] = "mention", ["mentioned"] = new JsonObject { ["id"] = $"28:{BotFrameworkStub.AppId}", ["name"] = "Licha" } });
        return true;
    }

    [Fact]
    public async Task A_thumb_is_kept_with_the_answer_that_it_rates()
    {
        var shown = await AskAsync(teams.Activity());
        await teams.Cloud.NextAsync(); // the card: by then the text's id is known
        var rated = shown.Info?["streamId"]?.GetValue<string>() ?? $"a{shown.Number}";
        var invoke = teams.Activity(type: "invoke");
        invoke["name"] = "message/submitAction";
        invoke["replyToId"] = rated;
        invoke["value"] = new JsonObject { ["actionName"] = "feedback", ["actionValue"] = new JsonObject { ["reaction"] = "dislike", ["feedback"] = """{"feedbackText":"Falta la multa"}""" } };

        var response = await teams.PostAsync(invoke);

        Assert.Equal("{}", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var kept = Assert.Single(teams.Server.Services.GetRequiredService<FeedbackStore>().Of("r1"));
        Assert.Equal((false, "Falta la multa"), (kept.Liked, kept.Comment));
        var reaction = teams.Activity(type: "messageReaction");
        reaction["replyToId"] = rated;
        reaction["reactionsAdded"] = new JsonArray(new JsonObject { ["type"] = "like" });
        await teams.PostAsync(reaction);
        Assert.True(Assert.Single(teams.Server.Services.GetRequiredService<FeedbackStore>().Of("r1")).Liked);
    }

    [Fact]
    public async Task However_often_Teams_tells_of_an_installation_the_welcome_comes_once()
    {
        var installed = teams.Activity(type: "installationUpdate");
        installed["action"] = "add";
        var added = teams.Activity(type: "conversationUpdate");
        added["membersAdded"] = new JsonArray(new JsonObject { ["id"] = $"28:{BotFrameworkStub.AppId}" });
        await teams.PostAsync(installed);
        await teams.PostAsync(added);
        await teams.PostAsync(teams.Activity());

        var said = new[] { await teams.Cloud.NextTextAsync(), await teams.Cloud.NextTextAsync(), await teams.Cloud.NextTextAsync(), };

        Assert.Contains(said[..2], call => call.Text.Contains("Soy ParalegalBot", StringComparison.Ordinal) && call.Body["suggestedActions"]!["actions"]!.AsArray().Count == 3);
        Assert.Contains(said[..2], call => call.Text.StartsWith("Aviso de privacidad", StringComparison.Ordinal) && call.Text.Contains("Microsoft", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("typing", 200)]
    [InlineData("endOfConversation", 200)]
    [InlineData("unheardOf", 200)]
    [InlineData("invoke", 501)]
    public async Task What_is_not_known_is_accepted_and_an_invoke_is_said_not_to_be(string type, int status) =>
        Assert.Equal(status, (int)(await teams.PostAsync(teams.Activity(type: type))).StatusCode);

    [Fact]
    public async Task Throttled_messages_come_later_and_a_refused_token_is_renewed()
    {
        var refused = 0;
        teams.Cloud.Answer = call => call.Authorization == "Bearer bot-token-1" ? (401, "") : Interlocked.Increment(ref refused) == 1 ? (429, "") : (201, """{"id":"x"}""");

        var call = await AskAsync(Group());
        while (call.Authorization == "Bearer bot-token-1" || !call.Text.Contains("[1]", StringComparison.Ordinal)) call = await teams.Cloud.NextTextAsync();

        Assert.Equal(2, teams.Cloud.Logins.Count);
        Assert.Equal(("botframework.com", "https://api.botframework.com/.default"), (teams.Cloud.Logins.First()["tenant"], teams.Cloud.Logins.First()["scope"]));

        JsonObject Group()
        {
            var activity = teams.Activity(kind: "groupChat");
            Mention(activity);
            return activity;
        }
    }

    /// <summary>How often the keys are asked for at most: once, for a day.</summary>
    private protected virtual int MostFetches => 1;

    [Fact]
    public async Task Bad_input_gets_the_right_status_and_no_call_anywhere()
    {
        var good = $"Bearer {teams.Cloud.Token()}";
        (string Body, string Type, int Status)[] cases =
        [
            ("", "application/json", 400), ("null", "application/json", 400), ("[]", "application/json", 400), ("{", "application/json", 400), ("{}", "application/json", 400),
            ("""{"type":5}""", "application/json", 400), ("""{"type":"message","text":"\ud800"}""", "application/json", 400), ("""{"type":"message","channelId":"msteams","from":[]}""", "application/json", 400),
            (new string('[', 100_000), "application/json", 400), ("{\"a\":" + string.Concat(Enumerable.Repeat("{\"a\":", 5000)), "application/json", 400),
            ($$"""{"type":"message","text":"{{new string('x', 300_000)}}"}""", "application/json", 413),
            (Serves("http://evil.example/"), "application/json", 401), (Serves("https://evil.example/"), "application/json", 401), (Serves("file:///etc/passwd"), "application/json", 401),
            (Serves($"{teams.Cloud.Address}@evil.example"), "application/json", 401), (Serves($"{teams.Cloud.Address}/?a=b"), "application/json", 401), (Serves(""), "application/json", 401),
            ("<a/>", "application/xml", 415), ("type=message", "application/x-www-form-urlencoded", 415),
            (Without("conversation"), "application/json", 400), (Without("from"), "application/json", 400), (Without("recipient"), "application/json", 400), (Without("id"), "application/json", 400),
        ];
        var wrong = new List<string>();
        foreach (var (body, type, status) in cases)
        {
            var got = (int)(await teams.PostAsync(body, good, type)).StatusCode;
            if (got != status) wrong.Add($"{(body.Length > 60 ? body[..60] : body)}: {got} instead of {status}");
        }
        var random = new Random(7);
        var whole = teams.Activity().ToJsonString();
        for (var i = 0; i < 200; i++)
        {
            var bytes = whole.ToCharArray();
            for (var j = 0; j < 3; j++) bytes[random.Next(bytes.Length)] = (char)random.Next(32, 127);
            var got = (int)(await teams.PostAsync(new string(bytes), good)).StatusCode;
            if (got is not (200 or 400 or 401 or 501)) wrong.Add($"{new string(bytes)}: {got}");
        }

        Assert.Empty(wrong);
        Assert.InRange(teams.Cloud.Fetches, 1, MostFetches); // of the keys, and nothing else anywhere

        string Serves(string address)
        {
            var activity = teams.Activity();
            activity["serviceUrl"] = address;
            return activity.ToJsonString();
        }

        string Without(string name)
        {
            var activity = teams.Activity();
            activity.Remove(name);
            return activity.ToJsonString();
        }
    }
}

using System.Net;
using System.Text.Json.Nodes;
using ParalegalBot.Answering;

namespace ParalegalBot.Tests.Teams;

/// <summary>Who may speak to <c>/api/messages</c>.</summary>
public sealed class ChannelTokenTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Name, token or header, change of the activity, our status, and the one of Microsoft's JavaScript adapter.</summary>
    private static IEnumerable<(string Name, Func<BotFrameworkStub, string?> Header, Action<JsonObject>? Change, int Ours, int Theirs)> Cases()
    {
        yield return ("valid", cloud => Bearer(cloud.Token()), null, 200, 200);
        yield return ("no header", _ => null, null, 401, 401);
        yield return ("no token", _ => "Bearer", null, 401, 401);
        yield return ("three parts", cloud => Bearer(cloud.Token()) + " more", null, 401, 401);
        yield return ("another scheme", cloud => "Basic " + cloud.Token(), null, 401, 401);
        yield return ("scheme in lower case: it is not case-sensitive here", cloud => "bearer " + cloud.Token(), null, 200, 401);
        yield return ("wrong issuer", cloud => Bearer(cloud.Token(changes: ("iss", "https://api.botframework.example"))), null, 401, 401);
        yield return ("wrong audience", cloud => Bearer(cloud.Token(changes: ("aud", Guid.Empty.ToString()))), null, 401, 401);
        yield return ("no audience", cloud => Bearer(cloud.Token(changes: ("aud", null))), null, 401, 401);
        yield return ("unknown key", cloud => Bearer(cloud.Token("unknown")), null, 401, 401);
        yield return ("no service URL in the token", cloud => Bearer(cloud.Token(changes: ("serviceurl", null))), null, 401, 401);
        yield return ("another service URL", cloud => Bearer(cloud.Token()), activity => activity["serviceUrl"] = "https://evil.example/", 401, 401);
        yield return ("a trailing slash more", cloud => Bearer(cloud.Token()), activity => activity["serviceUrl"] += "/", 401, 401);
        yield return ("service URL in another case", cloud => Bearer(cloud.Token(changes: ("serviceurl", cloud.Address.ToUpperInvariant()))), null, 200, 401);
        yield return ("no service URL in the activity: the token would go astray", cloud => Bearer(cloud.Token()), activity => activity.Remove("serviceUrl"), 401, 200);
        yield return ("a channel that the key does not vouch for", cloud => Bearer(cloud.Token()), activity => activity["channelId"] = "slack", 401, 401);
        yield return ("no channel", cloud => Bearer(cloud.Token()), activity => activity.Remove("channelId"), 400, 500);
        yield return ("a key that vouches for no channel", cloud => Bearer(cloud.Token("unendorsed")), null, 401, 200);
        yield return ("a key without endorsements", cloud => Bearer(cloud.Token("bare")), null, 401, 200);
        yield return ("ended four minutes ago", cloud => Bearer(cloud.Token(changes: ("exp", At(-4 * Minute)))), null, 200, 200);
        yield return ("ended six minutes ago", cloud => Bearer(cloud.Token(changes: ("exp", At(-6 * Minute)))), null, 401, 401);
        yield return ("begins in four minutes", cloud => Bearer(cloud.Token(changes: ("nbf", At(4 * Minute)))), null, 200, 200);
        yield return ("begins in six minutes", cloud => Bearer(cloud.Token(changes: ("nbf", At(6 * Minute)))), null, 401, 500);
        yield return ("no end", cloud => Bearer(cloud.Token(changes: ("exp", null))), null, 401, 200);
        yield return ("signed by a stranger under a known name", cloud => Bearer(cloud.Token(forged: true)), null, 401, 500);
        yield return ("HS256 with the public key", cloud => Bearer(cloud.Token(algorithm: "HS256")), null, 401, 500);
        yield return ("unsigned", cloud => Bearer(cloud.Token(algorithm: "none")), null, 401, 500);
        yield return ("PS256", cloud => Bearer(cloud.Token(algorithm: "PS256")), null, 401, 500);
        yield return ("RS512", cloud => Bearer(cloud.Token(algorithm: "RS512")), null, 200, 200);
        yield return ("not a token", _ => "Bearer a.b.c", null, 401, 401);
    }

    [Fact]
    public async Task Every_row_of_the_table_is_decided_by_our_rule()
    {
        await using var teams = await TeamsServer.StartAsync();
        teams.Server.Answer = (_, _, _) => Task.FromResult<Answer>(teams.Server.Cited());
        var wrong = new List<string>();

        foreach (var (name, header, change, ours, _) in Cases())
        {
            var activity = teams.Activity(type: "event");
            change?.Invoke(activity);
            var response = await teams.PostAsync(activity.ToJsonString(), header(teams.Cloud));
            if ((int)response.StatusCode != ours) wrong.Add($"{name}: {(int)response.StatusCode} instead of {ours}");
        }

        Assert.Empty(wrong);
        Assert.False(teams.Cloud.Called);
    }

    [Fact]
    public async Task The_table_s_other_column_is_what_Microsoft_s_own_adapter_says_to_the_same_requests()
    {
        await using var teams = await TeamsServer.StartAsync();
        var cases = Cases().Select(row =>
        {
            var activity = teams.Activity(type: "event");
            row.Change?.Invoke(activity);
            return (row.Name, row.Theirs, Request: new JsonObject { ["authorization"] = row.Header(teams.Cloud), ["activity"] = activity });
        }).ToList();

        var statuses = await NodeOracle.AskAsync("botbuilder", "adapter.mjs", new JsonObject
        {
            ["appId"] = BotFrameworkStub.AppId, ["issuer"] = teams.Cloud.Issuer, ["metadata"] = teams.Cloud.Metadata, ["cases"] = new JsonArray([.. cases.Select(row => row.Request)]),
        });

        Assert.Equal(cases.Select(row => $"{row.Name}: {row.Theirs}"), cases.Zip(statuses.AsArray(), (row, status) => $"{row.Name}: {status}"));
    }

    [Fact]
    public async Task Unknown_names_of_keys_do_not_make_the_server_fetch_again_and_again()
    {
        await using var teams = await TeamsServer.StartAsync();

        for (var i = 0; i < 20; i++) await teams.PostAsync(teams.Activity(type: "event").ToJsonString(), Bearer(teams.Cloud.Token($"unknown{i}")));
        Assert.Equal(HttpStatusCode.OK, (await teams.PostAsync(teams.Activity(type: "event"))).StatusCode);

        Assert.Equal(1, teams.Cloud.Fetches);
    }

    private static string Bearer(string token) => $"Bearer {token}";

    private static long At(TimeSpan from) => (TimeProvider.System.GetUtcNow() + from).ToUnixTimeSeconds();
}

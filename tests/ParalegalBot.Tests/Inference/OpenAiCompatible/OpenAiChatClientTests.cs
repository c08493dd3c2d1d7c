using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ParalegalBot.Answering;
using ParalegalBot.Inference;
using ParalegalBot.Records;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Tests.Inference.OpenAiCompatible;

/// <summary>The engine behind OpenAI's protocol, from question to answer, against a real server on a loopback port.</summary>
public sealed class OpenAiChatClientTests
{
    private const string Question = "¿Con cuántos días de anticipación debe avisar el tejedor?";

    private const string Draft = """{"verdict":"answer","claims":[{"evidence":[{"passage":"LFT/2/p1","sentences":[1]}],"text":"El tejedor debe avisar con quince días de anticipación."}],"clarification":null}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_models_wording_is_proved_and_shown()
    {
        await using var server = await ModelServerStandIn.StartAsync();
        server.Text = Draft;
        using var setting = Setting(server.Url);

        var answer = Assert.IsType<Answer.Cited>(await setting.AskAsync(Question, Stop));

        Assert.Equal("El tejedor debe avisar con quince días de anticipación.", Assert.Single(answer.Claims).Text);
        Assert.Contains("openai", setting.Get<AuditLog>().Last(1)[0].Engine);
    }

    [Fact]
    public async Task The_schema_names_the_retrieved_passages_and_nothing_of_the_person_leaves()
    {
        await using var server = await ModelServerStandIn.StartAsync();
        using var setting = Setting(server.Url);

        await setting.AskAsync(Question, Stop, person: "ana@despacho.mx");

        var request = server.LastChat;
        var ids = request["response_format"]!["json_schema"]!["schema"]!["properties"]!["claims"]!["items"]!["properties"]!["evidence"]!["items"]!["properties"]!["passage"]!["enum"]!.AsArray();
        Assert.Contains("LFT/2/p1", ids.Select(id => (string)id!));
        Assert.Null(request["grammar"]);
        Assert.Equal(("paralegal-8b", true, 1_024), ((string)request["model"]!, (bool)request["stream"]!, (int)request["max_tokens"]!));
        Assert.DoesNotContain("ana@despacho.mx", request.ToJsonString());
    }

    [Fact]
    public async Task Llama_server_is_given_the_grammar_with_each_passages_own_sentences()
    {
        await using var server = await ModelServerStandIn.StartAsync("llamacpp");
        using var setting = Setting(server.Url);

        await setting.AskAsync(Question, Stop);

        Assert.Null(server.LastChat["response_format"]);
        Assert.Contains("""{\"passage\":\"LFT/2/p1\",\"sentences\":[""", (string)server.LastChat["grammar"]!);
    }

    [Fact]
    public async Task A_server_killed_in_the_middle_of_a_stream_leaves_the_bare_sources_and_a_line_in_the_log()
    {
        await using var server = await ModelServerStandIn.StartAsync();
        server.Chat = ModelServerStandIn.CutAsync;
        using var setting = Setting(server.Url);

        var answer = Assert.IsType<Answer.SourcesOnly>(await setting.AskAsync(Question, Stop));

        Assert.Equal("2", answer.Sources[0].Article);
        Assert.DoesNotContain("verdict", answer.Text);
        Assert.Contains("Intente de nuevo", answer.Help);
        Assert.Contains(setting.Log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("cortó la respuesta"));
    }

    [Theory]
    [InlineData("sin forma")]
    [InlineData("ended early")]
    [InlineData("an error among the events")]
    [InlineData("500")]
    public async Task Whatever_the_server_does_wrong_nothing_unproved_is_shown(string fault)
    {
        await using var server = await ModelServerStandIn.StartAsync();
        server.Chat = fault switch
        {
            "ended early" => context => ModelServerStandIn.SendAsync(context, ModelServerStandIn.Chunk(Draft)), // a whole draft, but the server never said that it was done
            "an error among the events" => context => ModelServerStandIn.SendAsync(context, """{"error":{"message":"out of memory"}}"""),
            "500" => ModelServerStandIn.Status(500),
            _ => null,
        };
        server.Text = "El tejedor debe avisar con quince días.";
        using var setting = Setting(server.Url);

        Assert.IsType<Answer.SourcesOnly>(await setting.AskAsync(Question, Stop));
        Assert.Equal(fault == "sin forma" ? 2 : 1, server.Requests.Count(request => request.Path.EndsWith("completions", StringComparison.Ordinal)));
        Assert.NotEmpty(setting.Log.Lines);
    }

    [Fact]
    public async Task A_passing_fault_is_tried_again()
    {
        await using var server = await ModelServerStandIn.StartAsync();
        var calls = 0;
        server.Text = Draft;
        server.Chat = async context =>
        {
            if (Interlocked.Increment(ref calls) == 1) await ModelServerStandIn.Status(503)(context);
            else foreach (var data in new[] { ModelServerStandIn.Chunk(Draft, "stop"), "[DONE]" }) await ModelServerStandIn.SendAsync(context, data);
        };
        using var setting = Setting(server.Url);

        Assert.IsType<Answer.Cited>(await setting.AskAsync(Question, Stop));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task The_next_server_takes_over_and_is_kept()
    {
        await using var first = await ModelServerStandIn.StartAsync();
        await using var second = await ModelServerStandIn.StartAsync("llamacpp");
        first.Chat = ModelServerStandIn.Status(500);
        second.Text = Draft;
        using var setting = Setting($"{first.Url}, {second.Url}/v1/");

        Assert.IsType<Answer.Cited>(await setting.AskAsync(Question, Stop));
        Assert.IsType<Answer.Cited>(await setting.AskAsync(Question, Stop));

        Assert.Single(first.Requests, request => request.Path.EndsWith("completions", StringComparison.Ordinal));
        Assert.NotNull(second.LastChat["grammar"]);
    }

    [Fact]
    public async Task A_server_that_hangs_gives_way_to_the_next()
    {
        await using var first = await ModelServerStandIn.StartAsync();
        await using var second = await ModelServerStandIn.StartAsync();
        first.Chat = ModelServerStandIn.SilenceAsync;
        second.Text = Draft;
        using var setting = Setting($"{first.Url} {second.Url}");
        setting["Inference:FirstByteSeconds"] = "1";

        Assert.IsType<Answer.Cited>(await setting.AskAsync(Question, Stop));
    }

    [Fact]
    public async Task A_server_that_keeps_failing_is_left_alone_for_a_while()
    {
        await using var server = await ModelServerStandIn.StartAsync();
        server.Chat = ModelServerStandIn.Status(500);
        using var setting = Setting(server.Url);

        for (var i = 0; i < 12; i++) Assert.IsType<Answer.SourcesOnly>(await setting.AskAsync(Question, Stop));

        Assert.InRange(server.Requests.Count(request => request.Path.EndsWith("completions", StringComparison.Ordinal)), 2, 8);
    }

    public static TheoryData<string, string, string, string> WrongSettings => new()
    {
        { "http://127.0.0.1:9", "", "", "no responde" },
        { "{url}", "otro-modelo", "llave", "Inference:Model" },
        { "{url}", "", "otra-llave", "Inference:ApiKey" },
        { "{url}/otra/ruta", "", "llave", "Inference:Endpoint" },
    };

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public async Task A_wrong_address_key_or_model_is_told_at_the_start(string endpoint, string model, string key, string part)
    {
        await using var server = await ModelServerStandIn.StartAsync(apiKey: "llave");
        using var setting = Setting(endpoint.Replace("{url}", server.Url));
        (setting["Inference:Model"], setting["Inference:ApiKey"]) = (model, key);

        var failure = await Assert.ThrowsAsync<ParalegalBotException>(() => setting.Get<EngineReport>().ExamineAsync(Stop));

        Assert.Contains(part, failure.Message);
        Assert.DoesNotContain("llave\"", failure.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no es dirección")]
    [InlineData("ftp://servidor")]
    public void An_endpoint_that_is_no_address_stops_the_start(string endpoint)
    {
        using var setting = Setting(endpoint);

        Assert.Contains("Inference:Endpoint", Assert.Throws<OptionsValidationException>(() => setting.Get<IChatClient>()).Message);
    }

    [Fact]
    public async Task The_report_says_which_servers_answer_and_how_the_form_is_held()
    {
        await using var server = await ModelServerStandIn.StartAsync("llamacpp");
        using var setting = Setting($"http://127.0.0.1:9,{server.Url}");

        var facts = await setting.Get<EngineReport>().ExamineAsync(Stop);

        Assert.Contains("Inference:Engine dice «openai»", facts[0].Text);
        Assert.Equal([true, false, true], facts.Select(fact => fact.Ok));
        Assert.Contains("gramática", facts[2].Text);
    }

    [Fact]
    public async Task Vectors_come_in_the_order_of_the_texts_and_have_length_one()
    {
        await using var server = await ModelServerStandIn.StartAsync();
        using var setting = new EngineSetting(("Embeddings:Engine", "openai"), ("Embeddings:Endpoint", server.Url), ("Embeddings:Model", "paralegal-8b"));
        string[] texts = [.. Enumerable.Range(1, 130).Select(length => new string('a', length))];

        var vectors = await setting.Get<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(texts, cancellationToken: Stop);

        Assert.Equal(130, vectors.Count);
        Assert.All(vectors, vector => Assert.Equal([0.6f, 0.8f], vector.Vector.ToArray()));
        Assert.Equal(3, server.Requests.Count(request => request.Path.EndsWith("embeddings", StringComparison.Ordinal)));
        Assert.Equal("paralegal-8b", setting.Get<PassageEmbedder>().Encoder);
    }

    private static EngineSetting Setting(string endpoint) => new(("Inference:Engine", "openai"), ("Inference:Endpoint", endpoint));
}

using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Data;
using ParalegalBot.Agents;
using ParalegalBot.Answering;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Inference;
using ParalegalBot.Tests.Inference.OpenAiCompatible;

namespace ParalegalBot.Tests.Agents;

/// <summary>What other agents get of us through Semantic Kernel.</summary>
public sealed class AgentKernelTests : IDisposable
{
    private readonly EngineSetting setting = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_plugin_finds_passages_and_reads_articles_as_the_store_has_them()
    {
        var kernel = setting.Get<Kernel>();

        var found = (await kernel.InvokeAsync<IReadOnlyList<StatuteExcerpt>>("statutes", "search_statutes", new() { ["query"] = "aviso del tejedor al taller", ["top"] = 1 }, Stop))!;
        var read = (await kernel.InvokeAsync<IReadOnlyList<StatuteExcerpt>>("statutes", "read_article", new() { ["law"] = "LFT", ["article"] = "2" }, Stop))!;
        var missing = (await kernel.InvokeAsync<IReadOnlyList<StatuteExcerpt>>("statutes", "read_article", new() { ["law"] = "LFT", ["article"] = "900" }, Stop))!;

        Assert.Equal("El tejedor avisará al taller con quince días de anticipación.", Assert.Single(found).Text);
        Assert.Equal(found, read);
        Assert.Empty(missing);
    }

    [Fact]
    public async Task The_text_search_filters_skips_and_counts()
    {
        var search = setting.Get<StatuteTextSearch>();

        var all = await search.GetTextSearchResultsAsync("¿Quién avisará al taller?", new() { Top = 1, Skip = 1, IncludeTotalCount = true }, Stop);
        var third = await search.SearchAsync("¿Quién avisará al taller?", new TextSearchOptions<Passage> { Filter = passage => passage.Article == "3" }, Stop);

        Assert.True(all.TotalCount > 1);
        Assert.StartsWith("/leyes/LFT/articulos/", (await all.Results.SingleAsync(Stop)).Link);
        Assert.Equal("El maestro avisará al taller con veinte días de anticipación.", await third.Results.SingleAsync(Stop));
    }

    [Fact]
    public void A_question_that_looks_like_a_template_stays_the_text_that_it_is()
    {
        var prompt = GroundedPrompt.Build("¿Qué es {{$passages}} & <b>{{statutes.read_article}}</b>?", []);

        Assert.EndsWith("Pregunta: ¿Qué es {{$passages}} & <b>{{statutes.read_article}}</b>?\n", prompt.Messages[1].Text);
        Assert.DoesNotContain("{{$", prompt.Messages[0].Text);
    }

    [Fact]
    public async Task A_prompt_function_asks_the_configured_engine()
    {
        await using var server = await ModelServerStandIn.StartAsync();
        (setting["Inference:Engine"], setting["Inference:Endpoint"]) = ("openai", server.Url);

        var answer = await setting.Get<Kernel>().InvokeAsync<string>("prompts", "question", new() { ["passages"] = "[A] uno", ["question"] = "¿Uno?" }, Stop);

        Assert.Equal(server.Text, answer);
        Assert.Contains("Pregunta: ¿Uno?", (string)server.LastChat["messages"]!.AsArray().Single()!["content"]!);
    }

    public void Dispose() => setting.Dispose();
}

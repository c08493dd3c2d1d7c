using System.Net;
using System.Text.Json;
using ParalegalBot.Answering;
using ParalegalBot.Tuning.Dataset;

namespace ParalegalBot.Tests.Tuning.Dataset;

/// <summary>From two invented laws to files, with the real parts.</summary>
public sealed class DatasetRunTests : IDisposable
{
    private readonly SampleDataset sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public async Task Every_generated_pair_is_counted_once_and_every_line_can_be_trained_on()
    {
        var statistics = await sample.Generate("data");

        Assert.Equal(statistics.Generated, statistics.Proved + statistics.Gates.Values.Sum());
        Assert.True(statistics.Proved >= 30, $"only {statistics.Proved} of {statistics.Generated} were proved: {JsonSerializer.Serialize(statistics.Gates)}");
        Assert.Equal(statistics.Kept, statistics.Kinds.Values.Sum());
        Assert.InRange((double)statistics.Kinds["refuse"] / statistics.Kept, 0.08, 0.25);
        Assert.InRange((double)statistics.Dialogues / statistics.Kept, 0.08, 0.2);
        Assert.Equal(statistics.Kept, DatasetStatistics.Read(sample["data"]).Kept);
        var lines = Lines("data", "train").ToList();
        Assert.All(lines, line => Assert.Equal("assistant", line.GetProperty("messages")[2].GetProperty("role").GetString()));
        Assert.NotEmpty(ParalegalBot.Tuning.Training.Data.TrainingFile.Read(sample["data/train.jsonl"]));
        Assert.NotEmpty(ParalegalBot.Tuning.Training.Data.TrainingFile.Read(sample["data/pretrain.jsonl"]));
    }

    [Fact]
    public async Task A_refusal_has_lost_its_source_and_an_answer_has_it()
    {
        await sample.Generate("data");

        foreach (var example in Examples("data"))
        {
            var source = example.Passages.Any(id => id.StartsWith($"{example.Law}/{example.Article}/", StringComparison.Ordinal));
            Assert.Equal(example.Kind is not ExampleKind.Refuse, source);
            Assert.Equal(example.Kind is ExampleKind.Refuse, example.Draft.Verdict is DraftVerdict.Insufficient);
        }
    }

    [Fact]
    public async Task An_article_is_in_one_split_only()
    {
        await sample.Generate("data");

        Assert.All(Examples("data").GroupBy(example => (example.Law, example.Article)), article => Assert.Single(article.Select(example => example.Split).Distinct()));
        Assert.All(Examples("data"), example => Assert.Equal(DatasetSplits.Of(example.Law, example.Article), example.Split));
    }

    [Fact]
    public async Task Killed_and_called_again_it_ends_with_the_same_bytes()
    {
        await sample.Generate("whole", new DatasetOptions { Parallel = 3 });
        await Assert.ThrowsAsync<InsufficientExecutionStackException>(() => sample.Generate("killed", progress: _ => throw new InsufficientExecutionStackException()));
        Assert.False(File.Exists(sample["killed/statistics.json"]));
        File.AppendAllText(sample["killed/journals/pairs.jsonl"], "{\"key\":\"LTX/9\",\"gene");

        await sample.Generate("killed", new DatasetOptions { Parallel = 1 });

        foreach (var file in new[] { "train.jsonl", "validation.jsonl", "test.jsonl", "pretrain.jsonl" })
            Assert.Equal(File.ReadAllText(sample[$"whole/{file}"]), File.ReadAllText(sample[$"killed/{file}"]));
    }

    [Fact]
    public async Task A_folder_with_another_dataset_is_not_written_into()
    {
        await sample.Generate("data");

        var fault = await Assert.ThrowsAsync<ParalegalBotException>(() => sample.Generate("data", new DatasetOptions { Seed = 2 }));

        Assert.Contains("otras opciones", fault.Message);
    }

    [Fact]
    public async Task A_broken_line_is_named()
    {
        await sample.Generate("data");
        File.AppendAllText(sample["data/train.jsonl"], "{\"id\":\n");

        var fault = Assert.Throws<ParalegalBotException>(() => DatasetStatistics.Read(sample["data"]));

        Assert.Contains($"línea {File.ReadLines(sample["data/train.jsonl"]).Count()}", fault.Message);
    }

    [Fact]
    public async Task What_we_are_measured_with_is_in_no_example()
    {
        await sample.Generate("data");
        var known = Examples("data").First(example => example.Kind is ExampleKind.Answer && example.History.Count == 0).Question;
        File.WriteAllText(sample["cases.jsonl"], JsonSerializer.Serialize(new { id = "1", question = $"oye, {known}" }) + "\n");

        var statistics = await sample.Generate("clean", cases: sample["cases.jsonl"]);

        Assert.True(statistics.Gates["contamination"] > 0);
        Assert.DoesNotContain(Examples("clean"), example => example.Question == known);
    }

    [Fact]
    public async Task A_teacher_that_writes_rubbish_gives_no_pairs_and_stops_nothing()
    {
        var statistics = await sample.Generate("data", teacher: new ScriptedTeacher(messages =>
            messages[0].Text.Contains("questions", StringComparison.Ordinal) && messages[1].Text.Contains("alfarero", StringComparison.Ordinal)
                ? """Claro: {"questions":[{"question":"¿En cuántos días entrega su obra el alfarero?","form":"deadline","style":"formal"},{"question":null}]}"""
                : "no sé { nada"));

        Assert.True(statistics.Generated > 0);
        Assert.Equal(statistics.Generated, statistics.Gates["form"]);
        Assert.Equal(0, statistics.Kept);
        Assert.True(statistics.InputTokens > 0);
    }

    [Fact]
    public async Task A_teacher_is_held_to_the_sentences_that_it_points_at()
    {
        var statistics = await sample.Generate("data", new DatasetOptions { Laws = ["LTX"] }, new ScriptedTeacher(messages => messages[0].Text.Contains("\"questions\"", StringComparison.Ordinal)
            ? messages[1].Text.Contains("alfarero deberá entregar", StringComparison.Ordinal) ? """{"questions":[{"question":"¿En cuántos días debe entregar su obra el alfarero al cliente?","form":"deadline","style":"formal"},{"question":"cuantos dias tiene el alfarero pa entregarle al cliente lo que encargo","form":"deadline","style":"lay"}]}""" : """{"questions":[]}"""
            : messages[1].Text.Contains("cuantos", StringComparison.Ordinal)
                ? """{"verdict":"answer","claims":[{"evidence":[{"passage":"LTX/5/p1","sentences":[1]}],"text":"El alfarero deberá entregar la obra terminada al cliente dentro de los 99 días siguientes al encargo."}],"clarification":null}"""
                : """{"verdict":"answer","claims":[{"evidence":[{"passage":"LTX/5/p1","sentences":[1]}],"text":"El alfarero deberá entregar la obra terminada al cliente dentro de los 11 días siguientes al encargo."}],"clarification":null}"""));

        Assert.Equal(2, statistics.Generated);
        Assert.Equal(1, statistics.Gates["figures"]);
        Assert.Equal(1, statistics.Proved);
    }

    [Fact]
    public async Task A_busy_teacher_is_waited_for_and_then_told_of()
    {
        sample.Clock.AutoAdvanceAmount = TimeSpan.FromMinutes(1);
        var teacher = new ScriptedTeacher(_ => throw new HttpRequestException("Too Many Requests", null, HttpStatusCode.TooManyRequests));
        var generation = sample.Generate("data", new DatasetOptions { Parallel = 1 }, teacher);
        while (!generation.IsCompleted)
        {
            sample.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        var fault = await Assert.ThrowsAsync<ParalegalBotException>(() => generation);

        Assert.Equal(6, teacher.Calls);
        Assert.Contains("sigue donde iba", fault.Message);
    }

    [Fact]
    public async Task The_budget_stops_the_teacher_and_a_larger_one_goes_on()
    {
        var teacher = new ScriptedTeacher(_ => """{"questions":[]}""");

        var fault = await Assert.ThrowsAsync<ParalegalBotException>(() => sample.Generate("data", new DatasetOptions { Parallel = 1, TokenBudget = 1_000 }, teacher));
        var first = teacher.Calls;
        await sample.Generate("data", new DatasetOptions { Parallel = 1, TokenBudget = 1_000_000 }, teacher);

        Assert.Contains("presupuesto", fault.Message);
        Assert.Equal(10, first);
        Assert.Equal(96, teacher.Calls);
    }

    private IEnumerable<DatasetExample> Examples(string name) => new[] { "train", "validation", "test" }.SelectMany(split => Lines(name, split)).Select(line => line.Deserialize<DatasetExample>()!);

    private IEnumerable<JsonElement> Lines(string name, string split) => File.ReadLines(sample[$"{name}/{split}.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement);
}

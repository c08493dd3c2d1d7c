using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ParalegalBot.Tests.Inference.Gguf;
using ParalegalBot.Tuning.Training.Runs;

namespace ParalegalBot.Tests.Tuning.Training;

/// <summary>A folder with a few texts and conversations, and trainings of seconds over it.</summary>
internal sealed class SampleTraining : IDisposable
{
    private static readonly string[] Sentences = [.. SampleVocabulary.Page.ReplaceLineEndings(" ").Split(". ").Select(sentence => sentence + ".")];

    public SampleTraining()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllLines(Path.Combine(Data, "pretrain.jsonl"), Sentences.Select(text => JsonSerializer.Serialize(new { text })));
        File.WriteAllLines(Path.Combine(Data, "train.jsonl"), Conversations(0));
        File.WriteAllLines(Path.Combine(Data, "validation.jsonl"), Conversations(1).Take(2));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("tuning").FullName;

    public string Data => Path.Combine(Folder, "data");

    public static TrainingOptions Options => new()
    {
        Stage = TrainingStage.Pretrain, Shape = Presets.Tiny with { Vocabulary = 320 }, Steps = 12, StepTokens = 256, BatchTokens = 128, Context = 128, Warmup = 2, LearningRate = 3e-3f, CheckpointEvery = 5,
        ValidateEvery = 6,
    };

    public string In(string name) => Path.Combine(Folder, name);

    public string Train(TrainingOptions options, string name, Action<TrainingFigures>? progress = null, int threads = 2) =>
        new TrainingRun(new FakeTimeProvider()).Train(options, Data, In(name), threads, progress, TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static IEnumerable<string> Conversations(int turn) => Sentences.Select((sentence, i) => JsonSerializer.Serialize(new
    {
        messages = new[]
        {
            new { role = "system", content = "Responde." }, new { role = "user", content = $"Pregunta {i * 2 + turn}" }, new { role = "assistant", content = sentence },
        },
    }));
}

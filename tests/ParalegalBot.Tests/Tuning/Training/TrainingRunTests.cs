using ParalegalBot.Tuning.Formats;
using ParalegalBot.Tuning.Training.Runs;

namespace ParalegalBot.Tests.Tuning.Training;

public sealed class TrainingRunTests : IDisposable
{
    private readonly SampleTraining sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public void A_training_that_was_killed_ends_with_the_bits_of_one_that_was_not()
    {
        var options = SampleTraining.Options;
        var whole = sample.Train(options, "whole");

        Assert.Throws<InsufficientExecutionStackException>(() => sample.Train(options, "killed", figures =>
        {
            if (figures.Step == 8) throw new InsufficientExecutionStackException();
        }));
        var resumed = new List<int>();
        var killed = sample.Train(options, "killed", figures => resumed.Add(figures.Step), threads: 1);

        Assert.Equal([6, 7, 8, 9, 10, 11, 12], resumed);
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "model.safetensors")), File.ReadAllBytes(Path.Combine(killed, "model.safetensors")));
        Assert.Equal(File.ReadAllText(sample.In("whole/figures.jsonl")), File.ReadAllText(sample.In("killed/figures.jsonl")));
    }

    [Fact]
    public void An_adapter_training_that_was_stopped_goes_on_too()
    {
        var model = sample.Train(SampleTraining.Options with { Steps = 3 }, "base");
        var options = SampleTraining.Options with { Stage = TrainingStage.Sft, Shape = null, Base = model, LowRank = new LowRankOptions(4, 8, ["q_proj", "down_proj"]), Steps = 6, CheckpointEvery = 2 };
        var whole = sample.Train(options, "whole");

        Assert.Throws<InsufficientExecutionStackException>(() => sample.Train(options, "killed", figures =>
        {
            if (figures.Step == 3) throw new InsufficientExecutionStackException();
        }));
        var killed = sample.Train(options, "killed");

        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "adapter_model.safetensors")), File.ReadAllBytes(Path.Combine(killed, "adapter_model.safetensors")));
    }

    [Fact]
    public void The_loss_falls_and_the_run_folder_says_how()
    {
        var figures = new List<TrainingFigures>();

        sample.Train(SampleTraining.Options with { Stage = TrainingStage.Sft, Steps = 80 }, "run", figures.Add);

        Assert.True(figures[^1].Loss < figures[0].Loss / 2, $"{figures[0].Loss:F2} fell to {figures[^1].Loss:F2} only");
        Assert.Equal([6, 12, 18, 24, 30, 36, 42, 48, 54, 60, 66, 72, 78, 80], figures.Where(row => row.Validation is not null).Select(row => row.Step));
        Assert.Contains("\"Seed\": 1", File.ReadAllText(sample.In("run/run.json")));
        Assert.Contains("train.jsonl", File.ReadAllText(sample.In("run/run.json")));
        Assert.StartsWith("<svg", File.ReadAllText(sample.In("run/loss.svg")));
        Assert.Equal(["000075", "000080"], Directory.GetDirectories(sample.In("run/checkpoints")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_folder_with_another_run_is_not_trained_into()
    {
        sample.Train(SampleTraining.Options with { Steps = 1 }, "run");

        var fault = Assert.Throws<ParalegalBotException>(() => sample.Train(SampleTraining.Options with { Steps = 1, Seed = 2 }, "run"));

        Assert.Contains("otras opciones u otros datos", fault.Message);
    }

    [Theory]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"¿?\"}]}")]
    [InlineData("{\"text\":")]
    [InlineData("{\"otra\":1}")]
    [InlineData("[]")]
    public void A_broken_line_is_named(string line)
    {
        File.AppendAllText(Path.Combine(sample.Data, "pretrain.jsonl"), line + "\n");
        var number = File.ReadLines(Path.Combine(sample.Data, "pretrain.jsonl")).Count();

        var fault = Assert.Throws<ParalegalBotException>(() => sample.Train(SampleTraining.Options, "run"));

        Assert.Contains($"línea {number}", fault.Message);
    }

    [Fact]
    public void Options_out_of_their_limits_are_told_all_at_once()
    {
        var fault = Assert.Throws<ParalegalBotException>(() => sample.Train(SampleTraining.Options with { Steps = 0, LowRank = new LowRankOptions(0, 1, ["w_proj"]) }, "run"));

        Assert.Contains("Steps", fault.Message);
        Assert.Contains("un adaptador necesita un modelo base", fault.Message);
        Assert.Contains("las proyecciones son", fault.Message);
    }

    [Fact]
    public void A_write_that_fails_leaves_what_was_there()
    {
        var path = sample.In("archivo");
        WholeFile.Write(path, "antes");

        var fault = Assert.Throws<ParalegalBotException>(() => WholeFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new IOException("No space left on device");
        }));

        Assert.Contains("libere espacio", fault.Message);
        Assert.Equal("antes", File.ReadAllText(path));
        Assert.Equal(["archivo"], Directory.GetFiles(sample.Folder).Select(Path.GetFileName));
    }
}

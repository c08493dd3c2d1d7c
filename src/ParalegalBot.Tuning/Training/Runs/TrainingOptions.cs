using System.Text.Json.Serialization;
using FluentValidation;

namespace ParalegalBot.Tuning.Training.Runs;

/// <summary>What is learnt: to write on, or to answer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrainingStage>))]
public enum TrainingStage
{
    /// <summary>Every token of every text.</summary>
    [JsonStringEnumMemberName("pretrain")] Pretrain,

    /// <summary>The last answer of every conversation.</summary>
    [JsonStringEnumMemberName("sft")] Sft,
}

/// <summary>How to train; with the seed and the data it decides every bit of the result.</summary>
public sealed record TrainingOptions
{
    /// <summary>What is learnt.</summary>
    public TrainingStage Stage { get; init; } = TrainingStage.Sft;

    /// <summary>Shape of a new model; null with a base.</summary>
    public LlamaShape? Shape { get; init; }

    /// <summary>Folder or GGUF file to start from; null: from random weights.</summary>
    public string? Base { get; init; }

    /// <summary>Adapters instead of all weights; null: all weights.</summary>
    public LowRankOptions? LowRank { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Optimizer steps, 1 to 10 million.</summary>
    public int Steps { get; init; } = 1_000;

    /// <summary>Tokens a step, at least; reached by accumulating batches.</summary>
    public int StepTokens { get; init; } = 8_192;

    /// <summary>Tokens computed at once, 16 to 65,536: what memory allows.</summary>
    public int BatchTokens { get; init; } = 2_048;

    /// <summary>Most tokens in a text; never more than the model's own limit.</summary>
    public int Context { get; init; } = 2_048;

    /// <summary>Peak of the learning rate, above 0 and at most 1.</summary>
    public float LearningRate { get; init; } = 1e-3f;

    /// <summary>Steps until the peak.</summary>
    public int Warmup { get; init; } = 50;

    /// <summary>The last rate as a share of the peak, 0 to 1.</summary>
    public float LeastRate { get; init; } = 0.1f;

    /// <summary>Weight decay, 0 to 1.</summary>
    public float Decay { get; init; } = 0.1f;

    /// <summary>Longest gradient; longer ones are shortened to it.</summary>
    public float Clip { get; init; } = 1;

    /// <summary>Steps from one checkpoint to the next, at least 1.</summary>
    public int CheckpointEvery { get; init; } = 200;

    /// <summary>Steps from one measure on the validation texts to the next, at least 1.</summary>
    public int ValidateEvery { get; init; } = 100;

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<TrainingOptions>
    {
        /// <summary>As the properties say.</summary>
        public Rules()
        {
            RuleFor(options => options.Steps).InclusiveBetween(1, 10_000_000);
            RuleFor(options => options.BatchTokens).InclusiveBetween(16, 65_536);
            RuleFor(options => options.StepTokens).InclusiveBetween(16, 16_777_216);
            RuleFor(options => options.Context).InclusiveBetween(16, 131_072);
            RuleFor(options => options.LearningRate).GreaterThan(0).LessThanOrEqualTo(1);
            RuleFor(options => options.Warmup).GreaterThanOrEqualTo(0);
            RuleFor(options => options.LeastRate).InclusiveBetween(0, 1);
            RuleFor(options => options.Decay).InclusiveBetween(0, 1);
            RuleFor(options => options.Clip).GreaterThan(0);
            RuleFor(options => options.CheckpointEvery).GreaterThanOrEqualTo(1);
            RuleFor(options => options.ValidateEvery).GreaterThanOrEqualTo(1);
            RuleFor(options => options).Must(options => options.Shape is null != options.Base is null).WithMessage("se entrena una forma nueva o desde un modelo base: señale uno de los dos.");
            RuleFor(options => options).Must(options => options.LowRank is null || options.Base is not null).WithMessage("un adaptador necesita un modelo base; señálelo con --base.");
            When(options => options.LowRank is not null, () =>
            {
                RuleFor(options => options.LowRank!.Rank).InclusiveBetween(1, 1_024);
                RuleFor(options => options.LowRank!.Alpha).GreaterThan(0);
                RuleForEach(options => options.LowRank!.Targets).Must(target => LowRankOptions.All.Contains(target)).WithMessage($"las proyecciones son {string.Join(", ", LowRankOptions.All)}.");
            });
        }
    }
}

/// <summary>Adapters (LoRA).</summary>
/// <param name="Rank">1 to 1,024.</param>
/// <param name="Alpha">The change is scaled by alpha over rank.</param>
/// <param name="Targets">Projections that get one.</param>
public sealed record LowRankOptions(int Rank, float Alpha, IReadOnlyList<string> Targets)
{
    /// <summary>Every projection.</summary>
    public static IReadOnlyList<string> All { get; } = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];
}

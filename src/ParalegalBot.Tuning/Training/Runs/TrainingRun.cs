using FluentValidation;
using ParalegalBot.Tuning.Formats;
using ParalegalBot.Tuning.Training.Data;
using ParalegalBot.Tuning.Training.Layers;
using ParalegalBot.Tuning.Training.Matrices;
using ParalegalBot.Tuning.Training.Optimization;

namespace ParalegalBot.Tuning.Training.Runs;

/// <summary>
/// A training from data to model: read, make or load the model, step, keep checkpoints, write the result. Killed at any point, the same call goes on from the last
/// checkpoint and ends with the same bits.
/// </summary>
public sealed class TrainingRun(TimeProvider clock)
{
    private const int ValidationTexts = 64;

    /// <summary>Trains.</summary>
    /// <param name="options">How.</param>
    /// <param name="data">Folder of <c>dataset generate</c>: train.jsonl and validation.jsonl, or pretrain.jsonl.</param>
    /// <param name="path">The run's folder.</param>
    /// <param name="threads">0: one a processor; does not change the result.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellationToken">Stops after the step, with a checkpoint.</param>
    /// <returns>The folder of the trained model or adapter.</returns>
    /// <exception cref="ParalegalBotException">Data, base or folder cannot be used; the message says why.</exception>
    public string Train(TrainingOptions options, string data, string path, int threads = 0, Action<TrainingFigures>? progress = null, CancellationToken cancellationToken = default)
    {
        if (new TrainingOptions.Rules().Validate(options) is { IsValid: false } result)
            throw new ParalegalBotException($"Las opciones del entrenamiento no son válidas: {string.Join(' ', result.Errors.Select(error => error.ErrorMessage))}");
        var run = new RunFolder(path);
        // [1] Data
        var (training, validation) = Files(data, options.Stage);
        var lines = TrainingFile.Read(training);
        run.Begin(options, new[] { training, validation }.Where(File.Exists).ToDictionary(file => Path.GetFileName(file), TrainingFile.Hash));
        // [2] Model
        using var compute = new Compute(threads);
        var (network, vocabulary, baseFolder) = Start(options, run, lines, compute);
        // [3] Tokens
        var encoder = new TextEncoder(vocabulary, network.Shape.Context);
        var texts = lines.SelectMany(encoder.Encode).ToList();
        if (texts.Count == 0) throw new ParalegalBotException($"Ningún ejemplo de «{training}» cabe en las {network.Shape.Context} fichas del contexto; aumente el contexto o acorte los ejemplos.");
        var checks = File.Exists(validation) ? TrainingFile.Read(validation).SelectMany(encoder.Encode).Take(ValidationTexts).ToList() : [];
        // [4] Steps
        Learn(options, run, network, compute, texts, checks, progress, cancellationToken);
        // [5] Result
        if (options.LowRank is { } low)
        {
            AdapterFolder.Write(run.Adapter, network, low.Alpha, Path.GetFullPath(baseFolder!));
            return run.Adapter;
        }
        ModelFolder.Write(run.Model, network.Shape, network.Weights, vocabulary, baseFolder);
        return run.Model;
    }

    private static (string Training, string Validation) Files(string data, TrainingStage stage) => stage is TrainingStage.Pretrain
        ? (Path.Combine(data, "pretrain.jsonl"), Path.Combine(data, "pretrain-validation.jsonl"))
        : (Path.Combine(data, "train.jsonl"), Path.Combine(data, "validation.jsonl"));

    private static (LlamaNetwork Network, ModelVocabulary Vocabulary, string? BaseFolder) Start(TrainingOptions options, RunFolder run, IReadOnlyList<TrainingLine> lines, Compute compute)
    {
        var random = new Random(options.Seed);
        if (options.Shape is { } shape)
        {
            var learnt = BytePairTraining.Learn(lines.SelectMany(line => line.Text is { } text ? [text] : line.Messages.Select(message => message.Text)), shape.Vocabulary);
            var fresh = new LlamaNetwork(shape with { Vocabulary = learnt.Tokens.Count, Context = Math.Min(shape.Context, options.Context) }, compute);
            fresh.Initialize(random);
            fresh.LearnAll();
            return (fresh, learnt, null);
        }
        var folder = options.Base!;
        if (File.Exists(folder))
        {
            if (!Directory.Exists(run.Base)) GgufImport.ToFolder(folder, run.Base);
            folder = run.Base;
        }
        using var model = ModelFolder.Open(folder);
        var network = model.Network(compute, options.Context);
        if (options.LowRank is { } low) network.LearnAdapters(low.Rank, low.Alpha, [.. low.Targets], random);
        else network.LearnAll();
        return (network, model.Vocabulary(), folder);
    }

    private void Learn(
        TrainingOptions options, RunFolder run, LlamaNetwork network, Compute compute, IReadOnlyList<TrainingText> texts, IReadOnlyList<TrainingText> checks,
        Action<TrainingFigures>? progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<Parameter> learnt = [.. network.Learnt];
        var adam = new AdamW(learnt, decay: options.Decay);
        var packing = new Packing(texts, options.BatchTokens, options.Seed);
        var rate = new LearningRate(options.LearningRate, options.Warmup, options.Steps, options.LeastRate);
        if (run.LastCheckpoint is { } last) Checkpoint.Read(last, learnt, adam, packing);
        var figures = run.FiguresUpTo(adam.Steps);
        while (adam.Steps < options.Steps)
        {
            var started = clock.GetTimestamp();
            var (loss, asked, tokens) = (0.0, 0, 0);
            while (tokens < options.StepTokens)
            {
                var batch = packing.Next();
                loss += network.Run(batch, learn: true);
                (asked, tokens) = (asked + batch.Asked, tokens + batch.Count);
            }
            if (!double.IsFinite(loss)) throw new ParalegalBotException($"En el paso {adam.Steps + 1} la pérdida dejó de ser un número; baje --learning-rate y repita desde el último punto guardado.");
            var norm = adam.Norm() / asked;
            var current = rate.At(adam.Steps);
            adam.Step(compute, current, (float)(Math.Min(1, options.Clip / norm) / asked));

            var ends = adam.Steps == options.Steps || cancellationToken.IsCancellationRequested;
            double? validation = checks.Count > 0 && (adam.Steps % options.ValidateEvery == 0 || ends) ? Validate(network, checks, options.BatchTokens) : null;
            figures.Add(new TrainingFigures(adam.Steps, loss / asked, validation, current, norm, tokens, Math.Round(clock.GetElapsedTime(started).TotalSeconds, 3)));
            run.Append(figures[^1]);
            progress?.Invoke(figures[^1]);
            if (!ends && adam.Steps % options.CheckpointEvery != 0) continue;
            Checkpoint.Write(run.Checkpoint(adam.Steps), learnt, adam, packing);
            run.Tidy();
            run.Draw(figures);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static double Validate(LlamaNetwork network, IReadOnlyList<TrainingText> texts, int batchTokens)
    {
        var packing = new Packing(texts, batchTokens, 0);
        var (loss, asked) = (0.0, 0);
        do
        {
            var batch = packing.Next();
            loss += network.Run(batch, learn: false);
            asked += batch.Asked;
        }
        while (packing.Epoch == 0 && packing.Position < texts.Count);
        return loss / asked;
    }
}

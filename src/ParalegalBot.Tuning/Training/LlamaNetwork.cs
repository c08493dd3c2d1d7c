using ParalegalBot.Tuning.Training.Layers;
using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tuning.Training;

/// <summary>
/// A LLaMA (Touvron et al. 2023) that learns: forward, and the derivatives written by hand, layer by layer. It knows nothing of text, of steps or of
/// files. Gradients are sums over the tokens asked for; whoever steps divides.
/// </summary>
internal sealed class LlamaNetwork
{
    private const int PredictedRows = 256;
    private const float Spread = 0.02f;

    private readonly Compute compute;
    private readonly Embedding embedding;
    private readonly NetworkLayer[] layers;
    private readonly RmsNorm outputNorm;
    private readonly Linear? output;
    private readonly Rotary rotary;
    private readonly CausalAttention attention;
    private NetworkScratch scratch;

    public LlamaNetwork(LlamaShape shape, Compute compute)
    {
        (Shape, this.compute) = (shape, compute);
        embedding = new Embedding("model.embed_tokens", shape.Vocabulary, shape.Width);
        layers = [.. Enumerable.Range(0, shape.Layers).Select(index => new NetworkLayer(index, shape))];
        outputNorm = new RmsNorm("model.norm", shape.Width, shape.Epsilon);
        output = shape.Tied ? null : new Linear("lm_head", shape.Vocabulary, shape.Width);
        rotary = new Rotary(shape.Frequencies(), shape.Context);
        attention = new CausalAttention(shape.Heads, shape.KeyHeads, shape.HeadSize, compute.Threads);
        scratch = new NetworkScratch(shape, 0);
    }

    public LlamaShape Shape { get; }

    /// <summary>The model's own weights.</summary>
    public IEnumerable<Parameter> Weights =>
        [embedding.Table, .. layers.SelectMany(layer => layer.Parameters), outputNorm.Gain, .. output is null ? (Parameter[])[] : [output.Weight]];

    /// <summary>The adapters on its projections.</summary>
    public IEnumerable<LowRank> Adapters => layers.SelectMany(layer => layer.Projections).Select(linear => linear.Adapter).OfType<LowRank>();

    /// <summary>What is learnt.</summary>
    public IEnumerable<Parameter> Learnt => Weights.Concat(Adapters.SelectMany(adapter => (Parameter[])[adapter.Down, adapter.Up])).Where(parameter => parameter.Gradient is not null);

    /// <summary>Normal numbers; what is added to the residual stream is smaller the more layers add to it (Radford et al. 2019).</summary>
    public void Initialize(Random random)
    {
        foreach (var parameter in Weights)
        {
            if (parameter.IsVector) parameter.Value.Values.Fill(1);
            else
            {
                var intoStream = parameter.Name.EndsWith("o_proj.weight", StringComparison.Ordinal) || parameter.Name.EndsWith("down_proj.weight", StringComparison.Ordinal);
                Fill(parameter, random, intoStream ? Spread / MathF.Sqrt(2 * layers.Length) : Spread);
            }
        }
    }

    /// <summary>Everything learns.</summary>
    public void LearnAll()
    {
        foreach (var parameter in Weights) parameter.Unfreeze();
    }

    /// <summary>Only adapters learn, on the projections that are named (<c>q_proj</c>…).</summary>
    public void LearnAdapters(int rank, float alpha, IReadOnlyCollection<string> targets, Random random)
    {
        foreach (var linear in layers.SelectMany(layer => layer.Projections))
        {
            var name = linear.Weight.Name[..^".weight".Length];
            if (!targets.Contains(name[(name.LastIndexOf('.') + 1)..])) continue;
            linear.Adapter = new LowRank(name, linear.Weight.Value.Rows, linear.Weight.Value.Columns, rank, alpha);
            Fill(linear.Adapter.Down, random, 1 / MathF.Sqrt(linear.Weight.Value.Columns));
        }
    }

    /// <summary>The sum of the losses over the tokens asked for, in nats; with <paramref name="learn"/> their derivatives are added to the gradients.</summary>
    public double Run(TokenBatch batch, bool learn)
    {
        Forward(batch);
        var loss = Predict(batch, learn);
        if (learn) Backward(batch);
        return loss;
    }

    /// <summary>Unnormalised log-probabilities of the token after each, [tokens × vocabulary].</summary>
    public Matrix Logits(TokenBatch batch)
    {
        Forward(batch);
        var logits = new Matrix(batch.Count, Shape.Vocabulary);
        compute.Multiply(scratch.Normed.First(batch.Count), OutputWeight.Transposed, logits);
        return logits;
    }

    private MatrixView OutputWeight => (output?.Weight ?? embedding.Table).Value;

    private void Forward(TokenBatch batch)
    {
        var tokens = batch.Count;
        if (scratch.Tokens < tokens)
        {
            scratch = new NetworkScratch(Shape, tokens);
            foreach (var layer in layers) layer.Trace = new LayerTrace(Shape, tokens);
        }
        embedding.Forward(batch.Tokens, StreamAt(0));
        for (var i = 0; i < layers.Length; i++)
        {
            var (layer, trace) = (layers[i], layers[i].Trace);
            layer.AttentionNorm.Forward(compute, trace.Input, scratch.Normed, tokens);
            var normed = scratch.Normed.First(tokens);
            layer.Query.Forward(compute, normed, trace.Queries.First(tokens));
            layer.Key.Forward(compute, normed, trace.Keys.First(tokens));
            layer.Value.Forward(compute, normed, trace.Values.First(tokens));
            rotary.Forward(compute, trace.Queries, batch.Positions);
            rotary.Forward(compute, trace.Keys, batch.Positions);
            attention.Forward(compute, batch.Texts, trace.Queries, trace.Keys, trace.Values, trace.Attended);
            trace.Input.Top(tokens).CopyTo(trace.Middle.Values);
            layer.Output.Forward(compute, trace.Attended.First(tokens), trace.Middle.First(tokens), add: true);

            layer.FeedForwardNorm.Forward(compute, trace.Middle, scratch.Normed, tokens);
            layer.Gate.Forward(compute, normed, trace.Gates.First(tokens));
            layer.Up.Forward(compute, normed, trace.Ups.First(tokens));
            SwiGlu.Forward(compute, trace.Gates, trace.Ups, scratch.Hidden, tokens);
            trace.Middle.Top(tokens).CopyTo(StreamAt(i + 1).Values);
            layer.Down.Forward(compute, scratch.Hidden.First(tokens), StreamAt(i + 1).First(tokens), add: true);
        }
        outputNorm.Forward(compute, StreamAt(layers.Length), scratch.Normed, tokens);
    }

    /// <summary>The output matrix for the tokens asked for, some at a time; leaves the derivative of the normed stream.</summary>
    private double Predict(TokenBatch batch, bool learn)
    {
        scratch.NormedChange.Top(batch.Count).Clear();
        var asked = Enumerable.Range(0, batch.Count).Where(t => batch.Targets[t] != TokenBatch.None).ToArray();
        var loss = 0.0;
        foreach (var rows in asked.Chunk(PredictedRows))
        {
            var (chosen, logits) = (scratch.Chosen.First(rows.Length), scratch.Logits.First(rows.Length));
            for (var i = 0; i < rows.Length; i++) scratch.Normed.Row(rows[i]).CopyTo(scratch.Chosen.Row(i));
            compute.Multiply(chosen, OutputWeight.Transposed, logits);
            var losses = new double[rows.Length];
            CrossEntropy.Run(compute, scratch.Logits, rows.Select(row => batch.Targets[row]).ToArray(), losses);
            loss += losses.Sum();
            if (!learn) continue;
            if ((output?.Weight ?? embedding.Table).Gradient is { } gradient) compute.Multiply(logits.Transposed, chosen, gradient, add: true);
            compute.Multiply(logits, OutputWeight, chosen);
            for (var i = 0; i < rows.Length; i++) scratch.Chosen.Row(i).CopyTo(scratch.NormedChange.Row(rows[i]));
        }
        return loss;
    }

    private void Backward(TokenBatch batch)
    {
        var tokens = batch.Count;
        var stream = scratch.StreamChange;
        stream.Top(tokens).Clear();
        outputNorm.Backward(compute, StreamAt(layers.Length), scratch.NormedChange, stream, tokens);
        var (normed, change, dNormed) = (scratch.Normed.First(tokens), stream.First(tokens), scratch.NormedChange.First(tokens));
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            var (layer, trace) = (layers[i], layers[i].Trace);
            layer.FeedForwardNorm.Forward(compute, trace.Middle, scratch.Normed, tokens);
            SwiGlu.Forward(compute, trace.Gates, trace.Ups, scratch.Hidden, tokens);
            layer.Down.Backward(compute, scratch.Hidden.First(tokens), change, scratch.HiddenChange.First(tokens));
            SwiGlu.Backward(compute, trace.Gates, trace.Ups, scratch.HiddenChange, tokens);
            layer.Gate.Backward(compute, normed, trace.Gates.First(tokens), dNormed);
            layer.Up.Backward(compute, normed, trace.Ups.First(tokens), dNormed, add: true);
            layer.FeedForwardNorm.Backward(compute, trace.Middle, scratch.NormedChange, stream, tokens);

            layer.AttentionNorm.Forward(compute, trace.Input, scratch.Normed, tokens);
            layer.Output.Backward(compute, trace.Attended.First(tokens), change, scratch.AttendedChange.First(tokens));
            attention.Backward(
                compute, batch.Texts, trace.Queries, trace.Keys, trace.Values, scratch.AttendedChange, scratch.QueryChange, scratch.KeyChange, scratch.ValueChange);
            rotary.Backward(compute, scratch.QueryChange, batch.Positions);
            rotary.Backward(compute, scratch.KeyChange, batch.Positions);
            layer.Query.Backward(compute, normed, scratch.QueryChange.First(tokens), dNormed);
            layer.Key.Backward(compute, normed, scratch.KeyChange.First(tokens), dNormed, add: true);
            layer.Value.Backward(compute, normed, scratch.ValueChange.First(tokens), dNormed, add: true);
            layer.AttentionNorm.Backward(compute, trace.Input, scratch.NormedChange, stream, tokens);
        }
        embedding.Backward(batch.Tokens, stream);
    }

    private Matrix StreamAt(int layer) => layer < layers.Length ? layers[layer].Trace.Input : scratch.Last;

    private static void Fill(Parameter parameter, Random random, float spread)
    {
        foreach (ref var value in parameter.Value.Values)
            value = spread * (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    /// <summary>What one pass needs once, not a layer, [tokens × …].</summary>
    private sealed class NetworkScratch(LlamaShape shape, int tokens)
    {
        public int Tokens => tokens;

        /// <summary>The residual stream that leaves the last layer.</summary>
        public Matrix Last { get; } = new(tokens, shape.Width);

        public Matrix Normed { get; } = new(tokens, shape.Width);

        public Matrix NormedChange { get; } = new(tokens, shape.Width);

        public Matrix StreamChange { get; } = new(tokens, shape.Width);

        public Matrix Hidden { get; } = new(tokens, shape.FeedForward);

        public Matrix HiddenChange { get; } = new(tokens, shape.FeedForward);

        public Matrix AttendedChange { get; } = new(tokens, shape.Heads * shape.HeadSize);

        public Matrix QueryChange { get; } = new(tokens, shape.Heads * shape.HeadSize);

        public Matrix KeyChange { get; } = new(tokens, shape.KeyHeads * shape.HeadSize);

        public Matrix ValueChange { get; } = new(tokens, shape.KeyHeads * shape.HeadSize);

        public Matrix Chosen { get; } = new(Math.Min(tokens, PredictedRows), shape.Width);

        public Matrix Logits { get; } = new(Math.Min(tokens, PredictedRows), shape.Vocabulary);
    }
}

using System.Text.RegularExpressions;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Answering.Screen;

/// <summary>
/// Tells what a message wants from how it is said: a small softmax regression over words, pairs of words, and how many of them no legal question uses. It learns when it
/// is first asked, in a fraction of a second and always the same, from examples that are data (manifests/vocabulary/screen/examples.tsv) and from the written
/// questions of law, so that no trained file can differ from them. It sees what the patterns do not foresee, and it knows no law.
/// </summary>
public sealed partial class ScreenClassifier
{
    private const string Legal = "legal";

    /// <summary>Of the written questions every fourth is an example; the others only say which words legal questions use.</summary>
    private const int Every = 4;

    private const int Epochs = 12, Prefix = 6;

    /// <summary>Below this probability of one class a message passes as a legal question.</summary>
    private const double Sure = 0.55;

    private readonly Lazy<Model> model;

    /// <summary>Learns from labelled examples and from questions of law.</summary>
    public ScreenClassifier(IReadOnlyList<(string Class, string Text)> examples, IReadOnlyList<string> questions) => model = new(() => Model.Learn(examples, questions));

    /// <summary>Reads <c>vocabulary/screen/examples.tsv</c> and <c>training/questions.jsonl</c> under the manifests folder.</summary>
    /// <exception cref="ParalegalBotException">A file is missing or malformed.</exception>
    public static ScreenClassifier Load(string manifests) => new(
        [.. TsvFile.Read(Path.Combine(manifests, "vocabulary", "screen", "examples.tsv"), 2).Select(row => (row.Columns[0], row.Columns[1]))],
        [.. WrittenQuestions.Read(Path.Combine(manifests, "training", "questions.jsonl")).Select(question => question.Text)]);

    /// <summary>Learns now, so that the first question does not wait for it.</summary>
    public void Learn() => _ = model.Value;

    /// <summary>The class of a text: <c>harmful</c>, <c>injection</c>, <c>self_harm</c>, <c>violence</c>, <c>insult</c>, <c>out_of_scope</c>; null for a legal question.</summary>
    internal string? Of(string text) => model.Value.Of(text);

    private static IReadOnlyList<string> Words(string text) => [.. Pieces().Matches(FoldedText.Of(text)).Select(word => word.Value.Length > Prefix ? word.Value[..Prefix] : word.Value)];

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Pieces();

    private sealed class Model
    {
        private readonly string[] classes;
        private readonly HashSet<string> known;
        private readonly Dictionary<string, int> features;
        private readonly double[][] weights;
        private readonly double[] bias;

        private Model(string[] classes, HashSet<string> known, Dictionary<string, int> features)
        {
            (this.classes, this.known, this.features) = (classes, known, features);
            weights = [.. classes.Select(_ => new double[features.Count])];
            bias = new double[classes.Length];
        }

        public static Model Learn(IReadOnlyList<(string Class, string Text)> examples, IReadOnlyList<string> questions)
        {
            // A word of one question alone may be a name or a slip.
            var known = questions.Where((_, i) => i % Every != 0).SelectMany(question => Words(question).Distinct()).CountBy(word => word).Where(word => word.Value > 1).Select(word => word.Key).ToHashSet();
            var labelled = examples.Concat(questions.Where((_, i) => i % Every == 0).Select(question => (Class: Legal, Text: question)))
                .Select(example => (example.Class, Features: Features(example.Text, known).ToList())).ToList();
            string[] classes = [.. labelled.Select(example => example.Class).Distinct().Order(StringComparer.Ordinal)];
            var features = labelled.SelectMany(example => example.Features).CountBy(feature => feature).Where(feature => feature.Value > 1)
                .Select((feature, place) => (feature.Key, place)).ToDictionary(pair => pair.Key, pair => pair.place, StringComparer.Ordinal);
            var model = new Model(classes, known, features);
            model.Train([.. labelled.Select(example => (model.Places(example.Features), Array.IndexOf(classes, example.Class)))]);
            return model;
        }

        public string? Of(string text)
        {
            var probabilities = Probabilities(Places(Features(text, known)));
            var best = Array.IndexOf(probabilities, probabilities.Max());
            return probabilities[best] < Sure || classes[best] == Legal ? null : classes[best];
        }

        /// <summary>Stochastic gradient descent in a fixed order; rare classes weigh more, four times at most.</summary>
        private void Train((int[] Places, int Class)[] samples)
        {
            var counts = samples.CountBy(sample => sample.Class).ToDictionary();
            var most = counts.Values.Max();
            var random = new Random(1);
            for (var epoch = 0; epoch < Epochs; epoch++)
            {
                random.Shuffle(samples);
                var rate = 1 / (1 + (0.3 * epoch));
                foreach (var (places, label) in samples)
                {
                    var probabilities = Probabilities(places);
                    var (weight, scale) = (Math.Min(4, Math.Sqrt((double)most / counts[label])), Math.Sqrt(Math.Max(1, places.Length)));
                    for (var c = 0; c < classes.Length; c++)
                    {
                        var gradient = (probabilities[c] - (c == label ? 1 : 0)) * weight;
                        if (Math.Abs(gradient) < 1e-3) continue;
                        bias[c] -= rate * gradient * 0.05;
                        foreach (var place in places) weights[c][place] -= rate * gradient / scale;
                    }
                }
            }
        }

        private double[] Probabilities(int[] places)
        {
            var scale = Math.Sqrt(Math.Max(1, places.Length));
            var scores = new double[classes.Length];
            for (var c = 0; c < scores.Length; c++)
            {
                var sum = 0.0;
                foreach (var place in places) sum += weights[c][place];
                scores[c] = bias[c] + (sum / scale);
            }
            var largest = scores.Max();
            for (var c = 0; c < scores.Length; c++) scores[c] = Math.Exp(scores[c] - largest);
            var total = scores.Sum();
            for (var c = 0; c < scores.Length; c++) scores[c] /= total;
            return scores;
        }

        private int[] Places(IEnumerable<string> of) => [.. of.Where(features.ContainsKey).Select(feature => features[feature]).Distinct()];

        /// <summary>Words, neighbours, neighbours but one, and how many words are strange to legal questions.</summary>
        private static HashSet<string> Features(string text, HashSet<string> known)
        {
            var words = Words(text);
            var distinct = words.ToHashSet(StringComparer.Ordinal);
            var strange = distinct.Count(word => !known.Contains(word));
            string[] framed = ["^", .. words, "$"];
            return
            [
                .. distinct, .. framed.Zip(framed.Skip(1), (one, next) => $"{one} {next}"), .. framed.Zip(framed.Skip(2), (one, next) => $"{one} _ {next}"),
                $"#{Math.Min(3, strange)}", $"%{Math.Min(4, 5 * strange / Math.Max(1, distinct.Count))}",
            ];
        }
    }
}

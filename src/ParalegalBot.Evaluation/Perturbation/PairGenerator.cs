using System.Text.RegularExpressions;
using ParalegalBot.Answering;
using ParalegalBot.Statutes;

namespace ParalegalBot.Evaluation.Perturbation;

/// <summary>
/// Makes pairs of a true and a false claim from the sentences of laws, the same ones for the same seed. Kinds of change are kept in balance as far
/// as the laws allow. It reads numbers, parties and conditions by its own lists, never with the checks that it measures.
/// </summary>
public sealed partial class PairGenerator(int seed)
{
    private const int ShortestSentence = 50, LongestSentence = 420;

    private static readonly IReadOnlyList<Change> EveryChange = Enum.GetValues<Change>();
    private static readonly IReadOnlyList<Paraphrase> EveryParaphrase = Enum.GetValues<Paraphrase>();

    /// <summary>At most <paramref name="most"/> pairs from one law; <paramref name="titles"/> are those of other laws, to be named falsely.</summary>
    public IReadOnlyList<ClaimPair> Generate(IReadOnlyList<Article> articles, string title, IReadOnlyList<string> titles, int most)
    {
        var random = new Random(seed);
        var sentences = articles.Where(article => !article.Transitory && !article.Derogated).SelectMany(article => article.Passages)
            .Where(passage => passage is { Introductory: false, Official: true, Validity: { To: null, Condition: null } }).SelectMany(Citations).ToArray();
        random.Shuffle(sentences);
        var numbers = articles.Where(article => !article.Transitory).Select(article => article.Number.Printed).Distinct().ToArray();
        var others = titles.Where(other => other != title).ToArray();
        var (changes, paraphrases) = (EveryChange.ToDictionary(change => change, _ => 0), EveryParaphrase.ToDictionary(kind => kind, _ => 0));
        var pairs = new List<ClaimPair>();
        foreach (var evidence in sentences)
        {
            if (pairs.Count >= most) break;
            if (Pair(evidence, title, numbers, others, changes, paraphrases, random) is not { } pair) continue;
            changes[pair.Change]++;
            paraphrases[pair.Paraphrase]++;
            pairs.Add(pair);
        }
        return pairs;
    }

    private static ClaimPair? Pair(
        Citation evidence, string title, string[] numbers, string[] titles, Dictionary<Change, int> changes, Dictionary<Paraphrase, int> paraphrases, Random random)
    {
        var text = Spoken(evidence.Quote);
        var topic = string.Join(' ', Paraphrases.Continued(text).Split(' ').Take(6)).TrimEnd(',', '.', ';', ':');
        var question = $"¿Qué dice la ley sobre {topic}?";
        foreach (var change in changes.OrderBy(entry => entry.Value).Select(entry => entry.Key))
        {
            if (change is Change.Article or Change.Law)
            {
                if ((change is Change.Article ? numbers.Length : titles.Length) < 2) continue;
                var article = evidence.Passage.Article;
                var wrong = change is Change.Article ? numbers.Where(number => number != article).ElementAt(random.Next(numbers.Length - 1)) : article;
                var law = change is Change.Law ? titles[random.Next(titles.Length)] : title;
                return new ClaimPair
                {
                    Question = question, Evidence = evidence, Change = change, Paraphrase = Paraphrase.Prefix, True = Named(article, title, text, change), False = Named(wrong, law, text, change),
                };
            }
            // A question that sets the condition would make its omission no fault.
            if (change is Change.Condition) question = $"¿Qué dice el artículo {evidence.Passage.Article}?";
            // The wrapping of a claim is no part of what the law says, so the sentence is changed inside of it.
            var opening = random.Next(3);
            string? Say(Paraphrase kind, string said) => kind switch
            {
                Paraphrase.Prefix => Opened(opening, evidence.Passage.Article, title) + Paraphrases.Continued(said),
                Paraphrase.Question => $"Sobre {topic}, esto es lo que dice la ley: {Paraphrases.Continued(said)}",
                _ => Paraphrases.Apply(kind, said),
            };
            var kind = EveryParaphrase.Where(kind => change is not Change.Condition || kind is not Paraphrase.Question).OrderBy(kind => paraphrases[kind]).First(kind => Say(kind, text) is not null);
            var said = Say(kind, text)!;
            var wrapped = kind is Paraphrase.Prefix or Paraphrase.Question;
            var made = wrapped ? Changes.Apply(change, text, random) is { } changed ? Say(kind, changed) : null
                : (random.Next(2) == 0 ? Changes.Apply(change, said, random) : null) ?? Changes.Apply(change, text, random);
            if (made is null || made == text || made == said) continue;
            return new ClaimPair { Question = question, Evidence = evidence, Change = change, Paraphrase = kind, True = said, False = made };
        }
        return null;
    }

    private static string Opened(int opening, string article, string title) => opening switch
    {
        0 => "La ley dispone que ",
        1 => $"Según el artículo {article}, ",
        _ => $"De acuerdo con {The(title)}, ",
    };

    private static string The(string title) => title.StartsWith("Ley", StringComparison.Ordinal) || title.StartsWith("Constitución", StringComparison.Ordinal) ? $"la {title}" : $"el {title}";

    private static string Named(string article, string title, string text, Change change) => change is Change.Article
        ? $"El artículo {article} de la ley dispone que {Paraphrases.Continued(text)}"
        : $"Según {The(title)}, {Paraphrases.Continued(text)}";

    /// <summary>A sentence of a paragraph, or a fracción with the words that introduce it.</summary>
    private static IEnumerable<Citation> Citations(Passage passage)
    {
        var introduction = SentenceSplitter.Split(passage.Introduction).Count;
        for (var number = introduction + 1; number <= passage.Sentences.Count; number++)
        {
            var citation = new Citation(passage, introduction > 0 ? [introduction, number] : [number]);
            if (citation.Quote.Length is >= ShortestSentence and <= LongestSentence && citation.Quote[^1] is '.' or ';' && !Unfit().IsMatch(citation.Quote)) yield return citation;
            if (introduction > 0) yield break; // what follows the first sentence of a fracción does not go on from the introduction
        }
    }

    private static string Spoken(string quote) => Blanks().Replace(quote, " ").TrimEnd(';', ' ').TrimEnd('.') + ".";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    /// <summary>What is no sentence: a fracción in several lines, dots of a suppressed text, a repealed one.</summary>
    [GeneratedRegex(@"\.\.\.|…|[Dd]eroga|DOF|^\P{L}*[a-z]\)")]
    private static partial Regex Unfit();
}

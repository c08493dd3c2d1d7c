using ParalegalBot.Statutes;

namespace ParalegalBot.Retrieval;

/// <summary>Which words of a passage, of its article and of the headings above count how much: the same for every index.</summary>
internal sealed class IndexedTerms(Func<string, string?> titleOf)
{
    /// <summary>BM25's b: how much the length of a text weighs against its counts.</summary>
    public const float PassageB = .75f, ArticleB = .5f;

    /// <summary>Weights of the fields of a passage and of an article, as multiples of one word of running text.</summary>
    private const float IntroductionWeight = .5f, HeadingWeight = 2f, PlaceWeight = .4f;

    private readonly Dictionary<string, (string Name, IReadOnlyList<string> Title)> laws = new(StringComparer.Ordinal);

    /// <summary>The terms of a passage and of what stands above it.</summary>
    public Terms Read(IndexedPassage item)
    {
        if (!laws.TryGetValue(item.Passage.Law, out var law))
            laws[item.Passage.Law] = law = (item.Passage.Law, SpanishAnalysis.Terms(titleOf(item.Passage.Law) ?? ""));
        return new Terms(
            law.Name, law.Title, SpanishAnalysis.Terms(item.Heading ?? ""), [.. item.Place.SelectMany(division => SpanishAnalysis.Terms(division.Title ?? ""))],
            SpanishAnalysis.Terms(item.Passage.Text), SpanishAnalysis.Terms(item.Passage.Introduction ?? ""));
    }

    /// <summary>A passage as terms by field; <paramref name="Law"/> is one shared string per law.</summary>
    public readonly record struct Terms(
        string Law, IReadOnlyList<string> Title, IReadOnlyList<string> Heading, IReadOnlyList<string> Place, IReadOnlyList<string> Text, IReadOnlyList<string> Introduction)
    {
        /// <summary>What the passage itself is found by.</summary>
        public void Passage(Action<string, float> add)
        {
            foreach (var term in Text) add(term, 1);
            foreach (var term in Introduction) add(term, IntroductionWeight);
            Headings(add);
        }

        /// <summary>What an article is found by beside its text; counted once an article.</summary>
        public void Headings(Action<string, float> add)
        {
            foreach (var term in Heading) add(term, HeadingWeight);
            foreach (var term in Place) add(term, PlaceWeight);
        }

        /// <summary>What the passage adds to its article.</summary>
        public void ArticleText(Action<string, float> add)
        {
            foreach (var term in Text) add(term, 1);
        }

        /// <summary>Headings above the article and the law's title, every word once.</summary>
        public void Hierarchy(Action<string, float> add)
        {
            foreach (var term in Title.Concat(Place).Concat(Heading).Distinct()) add(term, 1);
        }
    }
}

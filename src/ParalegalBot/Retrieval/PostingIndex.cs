namespace ParalegalBot.Retrieval;

/// <summary>
/// Inverted index in memory with BM25 weights worked out at build time (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75 by default):
/// a query adds, per term, query weight × idf × document weight. It knows nothing of passages; a document is a number from 0.
/// </summary>
public sealed class PostingIndex
{
    private readonly Dictionary<string, int> terms;
    private readonly float[] idf;
    private readonly int[] offsets;
    private readonly int[] documents;
    private readonly float[] weights;

    private PostingIndex(int count, Dictionary<string, int> terms, float[] idf, int[] offsets, int[] documents, float[] weights)
    {
        (Count, this.terms, this.idf) = (count, terms, idf);
        (this.offsets, this.documents, this.weights) = (offsets, documents, weights);
    }

    /// <summary>Number of documents.</summary>
    public int Count { get; }

    /// <summary>Inverse document frequency of a term, ln(1 + (N − n + ½) / (n + ½)); that of an unseen term where the index lacks it.</summary>
    public float Idf(string term) => terms.TryGetValue(term, out var id) ? idf[id] : MathF.Log(1 + (Count + .5f) / .5f);

    /// <summary>Whether any document has the term.</summary>
    public bool Contains(string term) => terms.ContainsKey(term);

    /// <summary>BM25's weight of a term that a document of <paramref name="length"/> weighted words has <paramref name="count"/> times.</summary>
    internal static float Weight(float count, float length, float average, float b, float k1 = 1.2f) =>
        count * (k1 + 1) / (count + k1 * (1 - b + b * length / average));

    /// <summary>Adds each document's score for the query to <paramref name="scores"/>, one cell a document.</summary>
    public void Score(IReadOnlyList<WeightedTerm> query, Span<float> scores)
    {
        foreach (var (term, weight) in query)
        {
            if (!terms.TryGetValue(term, out var id)) continue;
            var factor = weight * idf[id];
            var postings = documents.AsSpan(offsets[id], offsets[id + 1] - offsets[id]);
            var impacts = weights.AsSpan(offsets[id], postings.Length);
            for (var i = 0; i < postings.Length; i++) scores[postings[i]] += factor * impacts[i];
        }
    }

    /// <summary>Collects documents as weighted term counts, then works out the BM25 weights.</summary>
    public sealed class Builder(float k1 = 1.2f, float b = .75f)
    {
        private readonly Dictionary<string, int> terms = new(StringComparer.Ordinal);
        private readonly List<(int Term, int Document, float Count)> postings = [];
        private readonly List<float> lengths = [];
        private readonly Dictionary<int, float> current = [];

        /// <summary>Counts a term of the document being built; <paramref name="weight"/> is its field's weight.</summary>
        public void Add(string term, float weight = 1)
        {
            if (!terms.TryGetValue(term, out var id)) terms[term] = id = terms.Count;
            current[id] = current.GetValueOrDefault(id) + weight;
        }

        /// <summary>Ends the document being built and returns its number.</summary>
        public int EndDocument()
        {
            var document = lengths.Count;
            var length = 0f;
            foreach (var (term, count) in current)
            {
                postings.Add((term, document, count));
                length += count;
            }
            lengths.Add(length);
            current.Clear();
            return document;
        }

        /// <summary>Builds the index; the builder is spent afterwards.</summary>
        public PostingIndex Build()
        {
            var offsets = new int[terms.Count + 1];
            foreach (var posting in postings) offsets[posting.Term + 1]++;
            for (var i = 0; i < terms.Count; i++) offsets[i + 1] += offsets[i];

            var average = lengths.Count == 0 ? 1 : Math.Max(1, lengths.Average());
            var documents = new int[postings.Count];
            var weights = new float[postings.Count];
            var next = offsets.AsSpan(0, terms.Count).ToArray();
            foreach (var (term, document, count) in postings)
            {
                var place = next[term]++;
                documents[place] = document;
                weights[place] = Weight(count, lengths[document], average, b, k1);
            }

            var idf = new float[terms.Count];
            for (var i = 0; i < idf.Length; i++)
            {
                var frequency = offsets[i + 1] - offsets[i];
                idf[i] = MathF.Log(1 + (lengths.Count - frequency + .5f) / (frequency + .5f));
            }
            postings.Clear();
            return new PostingIndex(lengths.Count, terms, idf, offsets, documents, weights);
        }
    }
}

/// <summary>A term of a query and how much it counts.</summary>
public readonly record struct WeightedTerm(string Term, float Weight);

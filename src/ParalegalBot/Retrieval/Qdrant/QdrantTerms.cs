namespace ParalegalBot.Retrieval.Qdrant;

/// <summary>
/// Terms as numbers of a sparse vector. A term's number is a hash of it, so that a question can be asked without any dictionary;
/// among 40,000 terms one pair shares a number in about one corpus of five, and then counts as one term.
/// </summary>
internal static class QdrantTerms
{
    /// <summary>FNV-1a with a final mix, 32 bits; part of the format of a build.</summary>
    public static uint Number(string term)
    {
        var hash = 2166136261u;
        foreach (var c in term)
        {
            hash = (hash ^ (c & 0xFFu)) * 16777619u;
            hash = (hash ^ (uint)(c >> 8)) * 16777619u;
        }
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6Bu;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35u;
        return hash ^ (hash >> 16);
    }

    /// <summary>Weighted terms as a sparse vector, by number, each number once.</summary>
    public static QdrantSparse Sparse(IEnumerable<KeyValuePair<string, float>> terms)
    {
        var sorted = new SortedDictionary<uint, float>();
        foreach (var (term, weight) in terms)
        {
            var number = Number(term);
            sorted[number] = sorted.GetValueOrDefault(number) + weight;
        }
        return new QdrantSparse([.. sorted.Keys], [.. sorted.Values]);
    }

    /// <summary>A question's terms as a sparse vector; null where there are none.</summary>
    public static QdrantSparse? Query(IEnumerable<WeightedTerm> terms)
    {
        var sparse = Sparse(terms.Select(term => KeyValuePair.Create(term.Term, term.Weight)));
        return sparse.Indices.Length == 0 ? null : sparse;
    }
}

using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Ingestion;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Evaluation.Perturbation;

/// <summary>The perturbed set over law files: reads them, makes the pairs of each law, and builds the check that they are measured with, as the assistant has it.</summary>
public sealed class PerturbedSet
{
    private readonly IReadOnlyList<(string Law, StatuteDocument Document)> laws;
    private readonly IReadOnlyDictionary<string, Statute> held;

    private PerturbedSet(IReadOnlyList<(string Law, StatuteDocument Document)> laws)
    {
        this.laws = laws;
        held = laws.ToDictionary(law => law.Law, law => new Statute { Abbreviation = law.Law, Title = law.Document.Title }, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Reads law files, the abbreviation is the file's name.</summary>
    public static PerturbedSet Read(IEnumerable<string> files) => new(
        [.. files.AsParallel().AsOrdered().Select(file => Path.GetFileNameWithoutExtension(file) is var law
            ? (law, StatuteParser.Parse(SourceReader.Read(file, IngestionLimits.Default), law)) : default)]);

    /// <summary>About <paramref name="pairs"/> pairs, as many from each law as it yields of an equal share.</summary>
    public IReadOnlyList<ClaimPair> Pairs(int pairs, int seed)
    {
        var generator = new PairGenerator(seed);
        var titles = held.Values.Select(law => law.Title).ToList();
        var share = (pairs + laws.Count - 1) / laws.Count;
        return [.. laws.SelectMany(law => generator.Generate(law.Document.Articles, law.Document.Title, titles, share)).Take(pairs)];
    }

    /// <summary>Stop 7 over these laws, words weighted by their rarity in them; <paramref name="manifests"/> is the folder of that name.</summary>
    public CitationCheck Check(string manifests)
    {
        var passages = laws.SelectMany(law => law.Document.Articles).SelectMany(article => article.Passages).ToList();
        var occurrences = passages.SelectMany(passage => SpanishAnalysis.Terms(passage.Text).Distinct()).CountBy(term => term).ToDictionary();
        double Idf(string term) => Math.Log(1 + ((passages.Count - occurrences.GetValueOrDefault(term) + 0.5) / (occurrences.GetValueOrDefault(term) + 0.5)));
        var thresholds = AnswerThresholds.Load(Path.Combine(manifests, "evaluation", "thresholds.json"));
        return new CitationCheck(
            ClaimChecks.All(
                law => held.GetValueOrDefault(law), PartyVocabulary.Load(Path.Combine(manifests, "vocabulary", "checks", "parties.tsv")),
                OppositesCheck.Load(Path.Combine(manifests, "vocabulary", "checks", "opposites.tsv"))),
            new ClaimSupport(new SupportScore(Idf, law => held.GetValueOrDefault(law)), thresholds), thresholds);
    }
}

namespace ParalegalBot.Statutes;

/// <summary>A reference found in a text, before it is looked up: <c>artículo 47 fracción II de la LFT</c>.</summary>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Length">Its length.</param>
/// <param name="Law">The law as named, resolved to an abbreviation where the catalogue knows it; null where none is named.</param>
/// <param name="LawAsWritten">The words that name the law; null where none is named.</param>
/// <param name="Article">The article's number as written; null where only a law is named.</param>
/// <param name="Apartado">Apartado, upper case.</param>
/// <param name="Fraccion">Fracción, upper-case roman numeral (arabic input converted).</param>
/// <param name="Inciso">Inciso, lower case.</param>
/// <param name="Parrafo">Párrafo counted from 1.</param>
public sealed record StatuteReference(
    int Start, int Length, string? Law, string? LawAsWritten, string? Article,
    string? Apartado = null, string? Fraccion = null, string? Inciso = null, int? Parrafo = null);

/// <summary>What became of a reference.</summary>
public enum ReferenceStatus
{
    /// <summary>Found and in force on the date.</summary>
    Found,

    /// <summary>The law is held, and it has no such article.</summary>
    NoSuchArticle,

    /// <summary>The article exists, the fracción, apartado, inciso or párrafo does not.</summary>
    NoSuchUnit,

    /// <summary>Found, and it was repealed.</summary>
    Derogated,

    /// <summary>Found, and its text was not (or no longer) in force on the date.</summary>
    NotInForce,

    /// <summary>The named law is not loaded.</summary>
    LawNotLoaded,

    /// <summary>An article without a law, which several laws could have.</summary>
    LawMissing,
}

/// <summary>A reference with what the store says to it.</summary>
/// <param name="Reference">As parsed.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Article">The article, where there is one.</param>
/// <param name="Passages">The passages that the reference means, in order; empty unless <see cref="ReferenceStatus.Found"/>.</param>
/// <param name="Nearest">Real articles near a nonexistent one.</param>
public sealed record ResolvedReference(
    StatuteReference Reference, ReferenceStatus Status, Article? Article, IReadOnlyList<Passage> Passages, IReadOnlyList<Article> Nearest);

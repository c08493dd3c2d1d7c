namespace ParalegalBot.Statutes;

/// <summary>Why a text began or ceased to be in force.</summary>
public enum ValidityReason
{
    /// <summary>Never touched since publication, as far as the text tells.</summary>
    Original,

    /// <summary>The text was reformed or added by a decree.</summary>
    Reformed,

    /// <summary>Repealed by a decree (derogado, suprimido).</summary>
    Derogated,

    /// <summary>Declared invalid by the Supreme Court (declarado inválido).</summary>
    DeclaredInvalid,

    /// <summary>An earlier text that is in force again (recupera su vigencia).</summary>
    Revived,

    /// <summary>The whole law was abrogated.</summary>
    Abrogated,
}

/// <summary>
/// From when to when a text is in force, and why. Both ends are inclusive; null means open or unknown.
/// A validity may be conditional (per entity, by declaratoria, by when a proceeding began): then <see cref="Condition"/> says so
/// and <see cref="InForceOn"/> is null, because unknown is a value.
/// </summary>
public sealed record Validity(DateOnly? From = null, DateOnly? To = null, ValidityReason Reason = ValidityReason.Original, string? Condition = null)
{
    /// <summary>In force as far as the text tells, with no known limits.</summary>
    public static Validity Open { get; } = new();

    /// <summary>True or false where the dates decide; null where a condition that code cannot evaluate governs the date.</summary>
    public bool? InForceOn(DateOnly date)
    {
        if (From > date || To < date) return false;
        return Condition is null ? true : null;
    }
}

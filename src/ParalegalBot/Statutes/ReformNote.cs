namespace ParalegalBot.Statutes;

/// <summary>What a reform note says happened.</summary>
public enum ReformKind
{
    /// <summary>Reformado.</summary>
    Reformed,

    /// <summary>Adicionado.</summary>
    Added,

    /// <summary>Derogado, suprimido.</summary>
    Derogated,

    /// <summary>Recorrido, reubicado, reordenado.</summary>
    Moved,

    /// <summary>Fe de erratas, aclaración.</summary>
    Corrected,

    /// <summary>Declarado inválido.</summary>
    DeclaredInvalid,

    /// <summary>Recupera su vigencia.</summary>
    Revived,

    /// <summary>Republicado, actualizado (amounts) or another remark with a date.</summary>
    Other,
}

/// <summary>A note such as <c>Artículo reformado DOF 27-12-2022</c>, kept as data.</summary>
/// <param name="Subject">What the note speaks of, as printed: <c>Artículo</c>, <c>Párrafo</c>, <c>Fracción</c>.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Dates">The dates of publication in the DOF, in the order printed; never empty.</param>
/// <param name="Text">The note as printed.</param>
public sealed record ReformNote(string Subject, ReformKind Kind, IReadOnlyList<DateOnly> Dates, string Text);

namespace ParalegalBot.Statutes;

/// <summary>The kinds of heading above an article, outermost first.</summary>
public enum DivisionKind
{
    /// <summary>Libro.</summary>
    Libro,

    /// <summary>Parte.</summary>
    Parte,

    /// <summary>Título.</summary>
    Titulo,

    /// <summary>Capítulo.</summary>
    Capitulo,

    /// <summary>Sección.</summary>
    Seccion,

    /// <summary>Apartado or subsección used as a heading.</summary>
    Subseccion,
}

/// <summary>One heading of the hierarchy: <c>Título Tercero</c> with its name <c>Condiciones de Trabajo</c>.</summary>
/// <param name="Kind">The level.</param>
/// <param name="Label">As printed: <c>Título Tercero</c>, <c>Capítulo III Bis</c>.</param>
/// <param name="Title">The name below the label; null where the law gives none.</param>
public sealed record Division(DivisionKind Kind, string Label, string? Title);

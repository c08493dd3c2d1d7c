namespace ParalegalBot.Ingestion.Parsing;

/// <summary>One passage before it has its id: its place, its own lines, the sentence that introduces it.</summary>
internal sealed class Unit(UnitKind kind, string? apartado, string label)
{
    public UnitKind Kind { get; } = kind;

    public string? Apartado { get; } = apartado;

    /// <summary>Fracción or inciso label; for a paragraph its number.</summary>
    public string Label { get; } = label;

    public string? Introduction { get; init; }

    /// <summary>The numeral paragraph that an inciso stands under: its number.</summary>
    public string? Paragraph { get; init; }

    /// <summary>For a piece of a long fracción: the labels below it, apartado before inciso.</summary>
    public IReadOnlyList<string> Within { get; init; } = [];

    public List<Block> Blocks { get; } = [];

    public bool Introductory { get; set; }

    public Block First => Blocks[0];

    public string Text => string.Join('\n', Blocks.Select(block => block.Text));
}

/// <summary>What a passage is.</summary>
internal enum UnitKind
{
    Paragraph,
    Fraccion,
    Inciso,
}

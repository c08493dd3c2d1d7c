using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion.Parsing;

/// <summary>Turns a gathered article into the article of the contract: units become passages with ids, notes become validity.</summary>
internal static class ArticleAssembler
{
    /// <summary>A fracción with more words than this is cut into its incisos.</summary>
    private const int LongFraccion = 350;

    public static Article Assemble(string law, ArticleDraft draft, DateOnly? lastReform)
    {
        var number = new ArticleNumber(draft.Number);
        var units = UnitParser.Parse(draft.Blocks).SelectMany(Cut).ToList();
        var derogated = units.Count == 0 ? draft.Notes.Any(note => note.Kind is ReformKind.Derogated) : units.All(unit => UnitValidity.IsDerogation(unit.Text));
        var whole = draft.Notes.Concat(units.Count == 1 || derogated ? units.SelectMany(unit => unit.Blocks).SelectMany(block => block.Notes) : []).ToList();
        var validity = UnitValidity.Of(whole, derogated, lastReform);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var single = units is [{ Kind: UnitKind.Paragraph, Apartado: null }];
        var prefix = $"{law}/{ArticleNumber.Slug(number.Printed)}/";
        var article = new Article
        {
            Law = law,
            Number = number,
            Heading = draft.Heading,
            Place = draft.Place,
            Notes = draft.Notes,
            Page = draft.Page,
            Transitory = draft.Transitory,
            Decree = draft.Decree,
            Validity = validity,
            Passages =
            [
                .. units.Select(unit => new Passage
                {
                    Id = Unique(prefix + Path(unit), ids),
                    Law = law,
                    Article = number.Printed,
                    Unit = single ? null : Name(unit),
                    Introduction = unit.Introduction,
                    Introductory = unit.Introductory,
                    Text = unit.Text,
                    Page = unit.First.Page,
                    Notes = [.. unit.Blocks.SelectMany(block => block.Notes)],
                    Validity = PassageValidity(unit, validity, lastReform),
                }),
            ],
        };
        return validity.Reason is ValidityReason.Original && article.LastReform is { } reform && !derogated
            ? article with { Validity = new Validity(reform, null, ValidityReason.Reformed) }
            : article;
    }

    /// <summary>A part shares the fate of its article; otherwise its own notes decide, and the article's reforms are the earliest date of its words.</summary>
    private static Validity PassageValidity(Unit unit, Validity article, DateOnly? lastReform)
    {
        var own = UnitValidity.Of([.. unit.Blocks.SelectMany((block, i) => block.Notes.Where(note => Concerns(note, unit, i)))], UnitValidity.IsDerogation(unit.Text), lastReform);
        if (own.Reason is ValidityReason.Derogated or ValidityReason.DeclaredInvalid or ValidityReason.Revived) return own;
        if (article.Reason is not (ValidityReason.Original or ValidityReason.Reformed)) return article;
        return article.From is { } from && !(own.From >= from) ? article : own;
    }

    /// <summary>An inciso's note does not speak of the whole fracción, nor a note under a follow-on line.</summary>
    private static bool Concerns(ReformNote note, Unit unit, int block) => note.Subject switch
    {
        "Inciso" or "Incisos" or "Subinciso" => unit.Kind is UnitKind.Inciso || note.Kind is ReformKind.Reformed or ReformKind.Added,
        "Párrafo" or "Parrafo" or "Numeral" => unit.Kind is UnitKind.Paragraph || unit.Blocks.Count == 1 || (block == 0 && note.Kind is ReformKind.Reformed or ReformKind.Added),
        _ => true,
    };

    /// <summary>Apartados and incisos inside a long fracción become passages of their own, introduced by what stands above them.</summary>
    private static IEnumerable<Unit> Cut(Unit unit)
    {
        var labels = unit.Blocks.Select((block, i) => i > 0 && UnitLabel.Of(block.Text) is { } label && (label.Explicit || label.Small is { Length: 1 }) ? label : null).ToList();
        if (unit.Kind is not UnitKind.Fraccion || !labels.Any(label => label is not null) || Words(unit.Text) <= LongFraccion) return [unit];
        var pieces = new List<Unit> { new(UnitKind.Fraccion, unit.Apartado, unit.Label) { Introduction = unit.Introduction } };
        var lead = pieces[0];
        string? apartado = null;
        for (var i = 0; i < unit.Blocks.Count; i++)
        {
            if (labels[i] is { } label)
            {
                lead.Introductory |= lead.Text.EndsWith(':');
                if (label.Explicit) apartado = label.Printed;
                var piece = new Unit(UnitKind.Fraccion, unit.Apartado, unit.Label)
                {
                    Introduction = label.Explicit ? pieces[0].Text : lead.Text,
                    Within = label.Explicit ? [label.Printed] : apartado is null ? [label.Printed] : [apartado, label.Printed],
                };
                pieces.Add(piece);
                if (label.Explicit) lead = piece;
            }
            pieces[^1].Blocks.Add(unit.Blocks[i]);
        }
        return pieces;
    }

    private static int Words(string text) => text.AsSpan().Count(' ') + text.AsSpan().Count('\n') + 1;

    private static string Path(Unit unit)
    {
        var label = unit.Label.Replace(' ', '-');
        var own = unit.Kind switch
        {
            UnitKind.Paragraph => $"p{label}",
            UnitKind.Inciso when unit.Paragraph is { } paragraph => $"p{paragraph}/{label}",
            _ => label,
        };
        var path = unit.Apartado is { } apartado ? $"{apartado}/{own}" : own;
        return string.Join('/', unit.Within.Select(part => part.Replace(' ', '-')).Prepend(path));
    }

    private static string Name(Unit unit)
    {
        var inciso = string.Concat(unit.Within.Select(part => char.IsUpper(part[0]) ? $", apdo. {part}" : $", inc. {part})"));
        return (unit.Kind, unit.Apartado) switch
        {
            (UnitKind.Paragraph, null) => $"p{unit.Label}",
            (UnitKind.Paragraph, var apartado) => apartado,
            (UnitKind.Inciso, null) => unit.Paragraph is { } paragraph ? $"p{paragraph}, inc. {unit.Label})" : $"inc. {unit.Label})",
            (UnitKind.Inciso, var apartado) => $"{apartado}, inc. {unit.Label})",
            (_, null) => $"fr. {unit.Label}{inciso}",
            (_, var apartado) => $"{apartado}.{unit.Label}{inciso}",
        };
    }

    private static string Unique(string id, HashSet<string> ids)
    {
        var unique = id;
        for (var n = 2; !ids.Add(unique); n++) unique = $"{id}-{n}";
        return unique;
    }
}

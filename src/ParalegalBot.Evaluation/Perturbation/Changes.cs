using System.Text.RegularExpressions;

namespace ParalegalBot.Evaluation.Perturbation;

/// <summary>Turns a true sentence into a false one, one kind of change at a time. Article and law are changed where the claim names them (<see cref="PairGenerator"/>).</summary>
internal static partial class Changes
{
    private static readonly WordSwap Units = new(
    [
        (@"(?<=(?:\d|\p{L}) )días hábiles", "días naturales"), (@"(?<=(?:\d|\p{L}) )días naturales", "días hábiles"),
        ($@"(?<={Counted})días", "meses"), ($@"(?<={Counted})meses", "años"), ($@"(?<={Counted})años", "meses"), ($@"(?<={Counted})semanas", "meses"),
        ($@"(?<={Counted})horas", "días"), ($@"(?<={Counted})minutos", "horas"), ($@"(?<={Counted})pesos", "veces la Unidad de Medida y Actualización"), ($@"(?<={Counted})por ciento", "pesos"),
        (@"(?<=(?:\bun|\bUn) )mes", "año"), (@"(?<=(?:\bun|\bUn) )año", "mes"), (@"(?<=(?:\bun|\bUn) )día", "mes"),
    ]);

    private const string Counted = @"(?:\d|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|dieciocho|veinte|cuatro|treinta|cuarenta|sesenta|noventa|cien|mil|cientos) ";

    private static readonly (string One, string Other)[] Parties =
    [
        ("patrón", "trabajador"), ("patrones", "trabajadores"), ("empleador", "empleado"), ("arrendador", "arrendatario"), ("arrendadores", "arrendatarios"), ("acreedor", "deudor"),
        ("acreedores", "deudores"), ("vendedor", "comprador"), ("proveedor", "consumidor"), ("proveedores", "consumidores"), ("mandante", "mandatario"), ("donante", "donatario"),
        ("depositante", "depositario"), ("comodante", "comodatario"), ("quejoso", "tercero interesado"), ("demandante", "demandado"), ("actor", "demandado"), ("socio", "administrador"),
        ("socios", "administradores"), ("accionistas", "administradores"), ("el responsable", "el titular"), ("fiador", "acreedor"), ("tutor", "pupilo"), ("asegurador", "asegurado"),
        ("víctima", "imputado"), ("ofendido", "inculpado"), ("mutuante", "mutuatario"), ("fideicomitente", "fiduciario"), ("porteador", "cargador"), ("usufructuario", "propietario"),
        ("padres", "hijos"), ("sindicato", "patrón"),
    ];

    private static readonly WordSwap Modals = new(
    [
        // Denied, both forbid.
        .. (((string, string)[])[("podrá", "deberá"), ("podrán", "deberán"), ("deberá", "podrá"), ("deberán", "podrán"), ("puede", "debe"), ("pueden", "deben"), ("debe", "puede"), ("deben", "pueden")])
            .Select(row => (@"(?<!\b(?:no|ni|nunca|ning\p{L}+|nadie|jamás|caso|tampoco|sin|no se)\s(?:\p{L}+\s){0,5})" + row.Item1, row.Item2)),
        ("tendrán? derecho a", "tendrá la obligación de"), ("tienen? derecho a", "está obligado a"), ("est(á|án|ará|arán) obligad(?:o|a|os|as) a", "podrá"), ("est(á|án|ará|arán) facultad(?:o|a|os|as) para", "está obligado a"),
    ]);

    private static readonly WordSwap Denials = new(
    [
        (@"no (?=(?:se |le |les |lo |los |la |las )?(?:podr|deber|ser|tendr|est|habr|proced|surt|caus|requer|exist|pued|deb|es\b|son\b|ha\b|han\b|hay\b|\p{L}+(?:rán?|are|iere)\b))", ""),
        (@"sin (?=\p{L}+(?:ción|miento|dad|causa|autorización|permiso|orden)\b)", "con "),
        (@"(?<!\b(?:no|ni|nunca|tampoco|nadie|ning\p{L}+|se|le|les|lo|los|la|las|en ningún caso)\s(?:\p{L}+\s)?)((?:se |le |les |lo |los )?(?:podrán?|deberán?|serán?|tendrán?|estarán?|procederán?|surtirán?|causarán?|pagarán?|responderán?|perderán?|quedarán?|\p{L}{3,}arán?))", "no $1"),
    ]);

    private static readonly WordSwap Comparisons = new(
    [
        ("al menos", "a lo más"), ("por lo menos", "a lo más"), ("cuando menos", "a lo más"), ("como mínimo", "como máximo"), ("como máximo", "como mínimo"),
        ("no (será |podrá ser |sea )?menor (?=de|a|que)", "no ${1}mayor "), ("no (será |podrá ser |sea )?mayor (?=de|a|que)", "no ${1}menor "), ("no (será |podrá ser |sea )?inferior", "no ${1}superior"), ("no (será |podrá ser |sea )?superior", "no ${1}inferior"),
        (@"no podrán? exceder de", "no podrá ser menor de"), (@"no excederán? de", "no será menor de"), (@"no exceda de", "no baje de"),
        ("más de (?=" + Counted + ")", "menos de "), ("menos de (?=" + Counted + ")", "más de "), ("mayores de (?=" + Counted + ")", "menores de "), ("menores de (?=" + Counted + ")", "mayores de "),
        ("mayor de (?=" + Counted + ")", "menor de "), ("menor de (?=" + Counted + ")", "mayor de "), ("hasta (?=(?:por |de |en )?(?:un[ao]? |el |la )?" + Counted + ")", "al menos "),
        ("a más tardar", "no antes de"), ("dentro de los", "después de los"), ("antes de", "después de"), ("después de", "antes de"), ("anteriores a", "posteriores a"), ("posteriores a", "anteriores a"),
        ("mínimo", "máximo"), ("máximo", "mínimo"), ("mínima", "máxima"), ("máxima", "mínima"),
    ]);

    private static readonly string[] Months = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];

    /// <summary>The changed text; null where the kind does not apply.</summary>
    public static string? Apply(Change change, string text, Random random) => change switch
    {
        Change.Number => NumberSwap.Change(text, random),
        Change.Unit => Units.One(text, random),
        Change.Party => Party(text),
        Change.Modality => Modals.One(text, random),
        Change.Negation => Denials.One(text, random),
        Change.Condition => WithoutCondition(text),
        Change.Comparison => Comparisons.One(text, random),
        Change.Date => Date(text, random),
        _ => null,
    };

    /// <summary>Both parties change places where both are named; else one is put in the other's place.</summary>
    private static string? Party(string text)
    {
        foreach (var (one, other) in Parties)
        {
            var (first, second) = (Word(one).IsMatch(text), Word(other).IsMatch(text));
            if ((!first && !second) || Joined(one, other).IsMatch(text) || Joined(other, one).IsMatch(text)) continue;
            const string kept = "\u0001";
            return first && second
                ? Word(kept).Replace(Word(other).Replace(Word(one).Replace(text, kept), one), other).Replace(kept, other, StringComparison.Ordinal)
                : first ? Word(one).Replace(text, other) : Word(other).Replace(text, one);
        }
        return null;
    }

    /// <summary>The condition up to the next sign goes.</summary>
    private static string? WithoutCondition(string text)
    {
        if (LeadingCondition().Match(text) is { Success: true } leading && text.Length - leading.Length > 30)
            return char.ToUpperInvariant(text[leading.Length]) + text[(leading.Length + 1)..];
        return TrailingCondition().Match(text) is { Success: true } trailing && text.Length - trailing.Length > 30 ? text.Remove(trailing.Index, trailing.Length) : null;
    }

    private static string? Date(string text, Random random)
    {
        if (Dates().Matches(text) is not { Count: > 0 } dates) return null;
        var month = dates[random.Next(dates.Count)].Groups["month"];
        return text.Remove(month.Index, month.Length).Insert(month.Index, Months[(Array.IndexOf(Months, month.Value.ToLowerInvariant()) + random.Next(1, 12)) % 12]);
    }

    /// <summary>«Los trabajadores y los patrones» is the same the other way round.</summary>
    private static Regex Joined(string one, string other) => new($@"\b{one}e?s?,?\s(?:(?:y|e|o|u|con|como|entre)\s)?(?:(?:los|las|el|la|a|al|de|del|con|sus?)\s)*{other}", RegexOptions.CultureInvariant);

    private static Regex Word(string word) => new($@"(?<!\p{{L}}){word}(?!\p{{L}})", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"^(?:[IVXL]+\.\s+|[a-z]\)\s+)?(?:Si|Cuando|En caso de que|En el caso de que|Siempre que|Salvo)\s[^,.;:]{10,},\s+(?=\p{Ll})")]
    private static partial Regex LeadingCondition();

    [GeneratedRegex(@",?\s+(?:salvo|excepto|a menos que|siempre que|siempre y cuando|sin perjuicio|con excepción de|a excepción de|a no ser que)\s[^,.;:]{4,}(?=[,.;:])", RegexOptions.IgnoreCase)]
    private static partial Regex TrailingCondition();

    [GeneratedRegex(@"\b(?<month>enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Dates();
}

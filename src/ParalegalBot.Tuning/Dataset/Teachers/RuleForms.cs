using System.Text.RegularExpressions;
using ParalegalBot.Answering;
using ParalegalBot.Answering.Figures;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tuning.Dataset.Teachers;

/// <summary>A question that a sentence answers.</summary>
/// <param name="Form">deadline, amount, right…</param>
/// <param name="Question">In formal words.</param>
/// <param name="LayQuestion">In plain ones, before the vocabulary is applied.</param>
/// <param name="Evidence">The sentences that answer.</param>
internal sealed record RuleQuestion(string Form, string Question, string LayQuestion, IReadOnlyList<DraftEvidence> Evidence);

/// <summary>The forms in which Spanish statutes define, oblige, allow, forbid, punish, except and set times, each with the question that such a sentence answers.</summary>
internal static partial class RuleForms
{
    private const int LongestList = 6, ShortestSentence = 45, LongestSentence = 600;

    /// <summary>The questions that a passage answers, in the order of its sentences.</summary>
    public static IEnumerable<RuleQuestion> Read(Chunk chunk, Passage passage)
    {
        if (passage.Introduction is { } introduction)
        {
            foreach (var question in OfItem(chunk, passage, Flat(introduction), Label().Replace(Flat(passage.Text), ""))) yield return question;
            yield break;
        }
        var sentences = passage.Sentences;
        for (var number = 1; number <= sentences.Count; number++)
        {
            var sentence = Flat(sentences[number - 1]);
            if (sentence.Length is < ShortestSentence or > LongestSentence || sentence[^1] == ':' || Unfit().IsMatch(sentence)) continue;
            IReadOnlyList<DraftEvidence> evidence = [new DraftEvidence(passage.Id, [number])];
            var told = false;
            foreach (var (form, question, lay) in OfSentence(sentence))
            {
                told = true;
                yield return new RuleQuestion(form, question, lay, evidence);
            }
            if (!told && Telling().Match(sentence) is { Success: true } telling && Words(telling.Groups["s"].Value, 4, 14) is { } topic)
                yield return new RuleQuestion("other", $"¿Qué regla hay sobre {Small(topic)}?", $"que dice la ley de {Small(topic)}", evidence);
        }
        if (chunk.Article.Heading is { Length: > 8 and < 90 } heading && passage == chunk.Passages[0] && sentences[0].Length is >= ShortestSentence and <= LongestSentence && sentences[0][^1] != ':')
            yield return new RuleQuestion(
                "other", $"¿Qué dispone {The(chunk.Law.Title)} sobre {Small(heading.TrimEnd('.'))}?", $"que dice la ley sobre {Small(heading.TrimEnd('.'))}", [new DraftEvidence(passage.Id, [1])]);
    }

    /// <summary>A fracción and the words that introduce it.</summary>
    private static IEnumerable<RuleQuestion> OfItem(Chunk chunk, Passage passage, string introduction, string item)
    {
        if (item.Length < 15 || item.Length > LongestSentence || Unfit().IsMatch(item)) yield break;
        var introductions = SentenceSplitter.Split(passage.Introduction).Count;
        IReadOnlyList<DraftEvidence> evidence = [new DraftEvidence(passage.Id, [introductions, introductions + 1])];
        if (Defining().IsMatch(introduction) && Term().Match(item) is { Success: true } term)
            yield return new RuleQuestion("definition", $"¿Qué se entiende por {term.Groups["t"].Value.Trim()} en {The(chunk.Law.Title)}?", $"que es {Small(term.Groups["t"].Value.Trim())}", evidence);
        else if (Competent().IsMatch(introduction) && Doing().Match(item) is { Success: true } doing && Words(doing.Groups["o"].Value, 4, 11) is { } what)
            yield return new RuleQuestion("competence", $"¿A quién corresponde {Small(doing.Groups["v"].Value)} {what}?", $"quien se encarga de {Small(doing.Groups["v"].Value)} {what}", evidence);
        else if (Punished().IsMatch(introduction) && Words(item, 4, 14) is { } act)
            yield return new RuleQuestion("sanction", $"¿Qué consecuencia prevé la ley en este caso: {Small(act)}?", $"que castigo hay si pasa esto: {Small(act)}", evidence);
        else if (Required().IsMatch(introduction) && passage == chunk.Passages.First(other => other.Introduction == passage.Introduction)
            && chunk.Passages.Where(other => other.Introduction == passage.Introduction).ToList() is { Count: > 1 and <= LongestList } list
            && Needing().Match(introduction) is { Success: true } needing && Words(needing.Groups["s"].Value, 2, 14) is { } subject)
            yield return new RuleQuestion(
                "requirement", $"¿Qué se exige {ForWhat(subject)}?", $"que me piden {ForWhat(subject)}", [.. list.Select(other => new DraftEvidence(other.Id, [introductions, introductions + 1]))]);
    }

    private static IEnumerable<(string Form, string Question, string Lay)> OfSentence(string sentence)
    {
        var figures = SpanishNumbers.Find(sentence);
        if (Crime().Match(sentence) is { Success: true } crime) yield return ("definition", $"¿Quién comete el delito de {crime.Groups["t"].Value}?", $"que es el delito de {crime.Groups["t"].Value}");
        else if (SentenceTerm().Match(sentence) is { Success: true } term) yield return ("definition", $"¿Qué se entiende por {Small(term.Groups["t"].Value)}?", $"que es {Small(term.Groups["t"].Value)}");

        if (Punishing().IsMatch(sentence) && Offender().Match(sentence) is { Success: true } offender && Words(offender.Groups["x"].Value, 3, 16) is { } act)
            yield return ("sanction", $"¿Qué sanción corresponde {AtWhom(offender.Groups["a"].Value)} {act}?", $"que castigo le toca {AtWhom(offender.Groups["a"].Value)} {act}");

        if (figures.Any(figure => figure.Kind is FigureKind.Duration) && Timed().Match(sentence) is { Success: true } timed && Words(timed.Groups["o"].Value, 2, 12) is { } doneInTime)
        {
            var (subject, verb) = (Small(timed.Groups["s"].Value), timed.Groups["v"].Value);
            yield return ("deadline", $"¿Qué plazo tiene {subject} para {verb} {doneInTime}?", $"cuanto tiempo tiene {subject} para {verb} {doneInTime}");
        }
        else if (figures.Any(figure => figure.Kind is FigureKind.Duration) && Period().Match(sentence) is { Success: true } period && Words(period.Groups["o"].Value, 2, 12) is { } purpose)
            yield return ("deadline", $"¿De cuánto es el plazo {purpose}?", $"cuanto tiempo dan {purpose}");
        else if (figures.Any(figure => figure.Kind is FigureKind.Money or FigureKind.Percentage or FigureKind.Multiple) && Costing().Match(sentence) is { Success: true } costing && Words(costing.Groups["s"].Value, 2, 12) is { } priced)
            yield return ("amount", $"¿De cuánto es {Small(priced)}?", $"de cuanto es {Small(priced)}");

        if (Excepting().Match(sentence) is { Success: true } excepting && Words(excepting.Groups["m"].Value, 5, 16) is { } rule && Opening().IsMatch(rule))
            yield return ("exception", $"¿Qué excepción hay a que {Small(rule)}?", $"en que caso no aplica que {Small(rule)}");

        if (Forbidding().Match(sentence) is { Success: true } forbidding && Words(forbidding.Groups["o"].Value, 2, 10) is { } forbidden)
            yield return ("right", $"¿Puede{Plural(forbidding)} {Small(forbidding.Groups["s"].Value)} {forbidding.Groups["v"].Value} {forbidden}?", $"puede{Plural(forbidding)} {Small(forbidding.Groups["s"].Value)} {forbidding.Groups["v"].Value} {forbidden} o esta prohibido");
        else if (Entitling().Match(sentence) is { Success: true } entitling && Words(entitling.Groups["s"].Value, 5, 16) is not null)
            yield return ("right", $"¿A qué tiene{Plural(entitling)} derecho {Small(entitling.Groups["s"].Value)}?", $"que derechos tiene{Plural(entitling)} {Small(entitling.Groups["s"].Value)}");
        else if (Allowing().Match(sentence) is { Success: true } allowing && Words(allowing.Groups["o"].Value, 2, 10) is { } allowed)
            yield return ("right", $"¿Puede{Plural(allowing)} {Small(allowing.Groups["s"].Value)} {allowing.Groups["v"].Value} {allowed}?", $"puede{Plural(allowing)} {Small(allowing.Groups["s"].Value)} {allowing.Groups["v"].Value} {allowed}");
        else if (Obliging().Match(sentence) is { Success: true } obliging && !Passive().IsMatch(obliging.Groups["v"].Value) && Words(obliging.Groups["o"].Value, 2, 10) is { } duty)
            yield return ("duty", $"¿Quién debe {obliging.Groups["v"].Value} {duty}?", $"quien tiene que {obliging.Groups["v"].Value} {duty}");
    }

    internal static string Flat(string text) => Blanks().Replace(text, " ").Trim();

    internal static string Small(string text) => text.Length > 1 && char.IsUpper(text[0]) && !char.IsUpper(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;

    internal static string The(string title) => title.StartsWith("Ley", StringComparison.Ordinal) || title.StartsWith("Constitución", StringComparison.Ordinal) || title.StartsWith("Ordenanza", StringComparison.Ordinal) ? $"la {title}" : $"el {title}";

    /// <summary>The first words, cut before a word that leaves the phrase open; null where there are too few.</summary>
    private static string? Words(string text, int least, int most)
    {
        var words = Flat(text).Trim(' ', ',', ';', '.', ':').Split(' ').ToList();
        if (words.Count > most) words.RemoveRange(most, words.Count - most);
        while (words.Count > least && Dangling().IsMatch(words[^1])) words.RemoveAt(words.Count - 1);
        words[^1] = words[^1].TrimEnd(',', ';', ':', '(');
        return words.Count < least || Dangling().IsMatch(words[^1]) ? null : string.Join(' ', words);
    }

    private static string ForWhat(string subject) => subject.StartsWith("Para ", StringComparison.Ordinal) ? Small(subject) : $"en este punto: {Small(subject)}";

    private static string AtWhom(string word) => word.ToLowerInvariant();

    private static string Plural(Match match) => match.Groups["m"].Value.EndsWith('n') ? "n" : "";

    [GeneratedRegex(@"\s+")] private static partial Regex Blanks();

    /// <summary>A fracción's number, an inciso's letter.</summary>
    [GeneratedRegex(@"^(?:[IVXLCDM]+(?:\s+(?:Bis|Ter|Qu[áa]ter))?|[a-zñ]|\d+)[\.\)\-]+\s+", RegexOptions.IgnoreCase)] internal static partial Regex Label();

    /// <summary>Repealed text, dots of a suppressed one, tables.</summary>
    [GeneratedRegex(@"\.\.\.|…|[Dd]eroga|[Ss]e deroga|DOF|\t|_{2}")] private static partial Regex Unfit();

    [GeneratedRegex(@"^(?:de|del|la|el|los|las|un|una|y|o|u|e|en|a|al|con|por|para|que|se|su|sus|sin|sobre|como|así|dicho|dicha|cuando|si|no|lo|le|entre|ante|bajo|desde|hasta|según|cual|cuya|cuyo|este|esta|cada|más|conforme|previa|previo|mediante|dentro|tales|así|otros|otras|demás)$", RegexOptions.IgnoreCase)] private static partial Regex Dangling();

    [GeneratedRegex(@"se entender[áa]|se entiende|definiciones|se considerar[áa]n?|por los siguientes términos", RegexOptions.IgnoreCase)] private static partial Regex Defining();

    [GeneratedRegex(@"^(?<t>\p{Lu}[^:;.,]{2,60}):\s+\p{L}")] private static partial Regex Term();

    [GeneratedRegex(@"corresponde(?:rá)?n? a|atribuciones|facultades|funciones|compete(?:rá)?n? a|competencia de", RegexOptions.IgnoreCase)] private static partial Regex Competent();

    [GeneratedRegex(@"^(?<v>\p{Lu}\p{Ll}+(?:ar|er|ir|ír))\s+(?<o>[^;.]{12,220})")] private static partial Regex Doing();

    [GeneratedRegex(@"prisión|multa|sancion|infracci|rescisión|causales|sin responsabilidad", RegexOptions.IgnoreCase)] private static partial Regex Punished();

    [GeneratedRegex(@"requisitos|requerir|deber[áa]n? (?:contener|acompañar|presentar|cumplir|reunir|señalar|expresar|incluir)|contendrán?|se requiere", RegexOptions.IgnoreCase)] private static partial Regex Required();

    [GeneratedRegex(@"^(?<s>(?:Para|El|La|Los|Las|En)\s[^:]{8,140}?),?\s(?:se\s+requ|deber[áa]|contendr|se\s+deber|reunir|tendr[áa]n?\s+que)")] private static partial Regex Needing();

    [GeneratedRegex(@"^[Cc]omete(?:n|rá)? (?:el )?delito de (?<t>[^,;:.]{4,60}?),?\s(?:quien|el que|la persona)")] private static partial Regex Crime();

    [GeneratedRegex(@"^(?:Se (?:entiende|entenderá) por|Se denominan?|Por)\s(?<t>[^,:;.]{3,60}?)(?:,|:)?\s(?:se entiende|se entenderá|al?\b|toda?\b|el\b|la\b|aquel)|^(?:El|La|Los|Las)\s(?<t>[^,;:.]{3,50}?)\s(?:es|son)\s(?:el|la|los|las|un|una|aquel|aquella|aquellos|aquellas)\s")] private static partial Regex SentenceTerm();

    [GeneratedRegex(@"impondr|sancionar|será[n]? sancionad|se (?:le|les) aplicar|multa de|prisión de|se castigar", RegexOptions.IgnoreCase)] private static partial Regex Punishing();

    [GeneratedRegex(@"\b(?<a>[Aa]l que|[Aa] quien(?:es)?|[Aa] los que|[Aa] la persona que|[Aa] las personas que)\s(?<x>[^;:.]{15,200}?)(?:,|\.|;|:|\sse\s(?:le|les|impon|sancion|aplic))")] private static partial Regex Offender();

    [GeneratedRegex(@"(?<s>\b(?:[Ee]l|[Ll]a|[Ll]os|[Ll]as)\s(?!cual|que\b)[^,.;:]{3,60}?)\s(?<m>deberán?|tendrán? que|podrán?|está obligad[oa] a|están obligad[oa]s a)\s(?<v>\p{Ll}+(?:ar|er|ir)(?:se|lo|la|los|las|le|les)?)\s(?<o>[^;:.]{6,160}?),?\s(?:dentro de|en un plazo|en el plazo|en un término|en el término|a más tardar|durante|por un plazo|con una anticipación|cuando menos|con al menos|por lo menos)")] private static partial Regex Timed();

    [GeneratedRegex(@"\b(?:plazo|término)\s(?<o>para\s[^,;:.]{8,120}?)\s(?:será|es|no podrá|no excederá|vence)")] private static partial Regex Period();

    [GeneratedRegex(@"(?<s>\b(?:[Ee]l monto|[Ee]l importe|[Ll]a cuota|[Ll]a tasa|[Ll]a cantidad|[Ll]a indemnización|[Ll]a multa|[Ee]l capital|[Ll]a garantía|[Ll]os intereses|[Ee]l interés|[Ee]l impuesto|[Ll]os derechos|[Ee]l salario|[Ee]l precio|[Ll]a aportación|[Ll]a prima|[Ll]a pensión)\b[^,;:.]{0,90}?)\s(?:será|serán|es|son|se calculará|no excederá|no podrá|equivaldrá|consistirá|se pagará|deberá)")] private static partial Regex Costing();

    [GeneratedRegex(@"^(?<m>[^;:.]{25,160}?),?\s(?:salvo|excepto|a menos que|con excepción de|a excepción de)\s")] private static partial Regex Excepting();

    /// <summary>What a sentence speaks of: its subject, up to the verb.</summary>
    [GeneratedRegex(@"^(?<s>(?:El|La|Los|Las)\s[^;:.]{12,140}?),?\s(?:ser[áa]n?|es|son|se|deber[áa]n?|podr[áa]n?|tendr[áa]n?|estar[áa]n?|no|corresponder?[áa]?n?|proceder[áa]n?|establecer[áa]n?|contar[áa]n?|queda(?:r[áa])?n?|surtir[áa]n?|dar[áa]n?|har[áa]n?)\s")] private static partial Regex Telling();

    [GeneratedRegex(@"^(?:El|La|Los|Las|Ning[uú]n|Nadie|Todo|Toda|No|Se|En|Son|Es)\s")] private static partial Regex Opening();

    [GeneratedRegex(@"(?<s>\b(?:[Ee]l|[Ll]a|[Ll]os|[Ll]as)\s(?!cual|que\b)[^,.;:]{3,70}?)\sno\s(?<m>podrán?)\s(?<v>\p{Ll}+(?:ar|er|ir)(?:se|lo|la|los|las|le|les)?)\s(?<o>[^;:.]{8,160})")] private static partial Regex Forbidding();

    [GeneratedRegex(@"(?<s>\b(?:[Ee]l|[Ll]a|[Ll]os|[Ll]as|[Tt]oda|[Tt]odo)\s(?!cual|que\b)[^,.;:]{3,60}?)\s(?<m>tendrán?|tiene|tienen)\s(?:el\s)?derecho\s(?:a|de|al)\b")] private static partial Regex Entitling();

    [GeneratedRegex(@"(?<s>\b(?:[Ee]l|[Ll]a|[Ll]os|[Ll]as)\s(?!cual|que\b)[^,.;:]{3,70}?)\s(?<m>podrán?)\s(?<v>\p{Ll}+(?:ar|er|ir)(?:se|lo|la|los|las|le|les)?)\s(?<o>[^;:.]{8,160})")] private static partial Regex Allowing();

    /// <summary>What is done to something does not say who does it.</summary>
    [GeneratedRegex(@"^(?:ser|estar|haber|quedar)$|(?:se|la|lo|las|los|le|les)$")] private static partial Regex Passive();

    [GeneratedRegex(@"(?:[Ee]l|[Ll]a|[Ll]os|[Ll]as)\s[^,.;:]{3,70}?\s(?:deberán?|tendrán? la obligación de|está obligad[oa] a|están obligad[oa]s a)\s(?<v>\p{Ll}+(?:ar|er|ir)(?:se|lo|la|los|las|le|les)?)\s(?<o>[^;:.]{8,160})")] private static partial Regex Obliging();
}

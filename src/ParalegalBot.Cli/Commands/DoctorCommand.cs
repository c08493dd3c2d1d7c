using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Inference;
using ParalegalBot.Ingestion;
using ParalegalBot.Records;
using ParalegalBot.Statutes;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal doctor</c>: what is configured, what is there, and what to do about what is not.</summary>
internal static class DoctorCommand
{
    public static Command Create() => new Command("doctor", "Revisa la instalación: leyes, bitácora, catálogo y configuración.").Runs(session =>
    {
        var lines = Checks(session).ToList();
        if (session.Output.AsJson) session.Output.Json(lines);
        else session.Output.Table(["Qué", "Estado", "Detalle"], lines.Select(line => (IReadOnlyList<string>)[line.Name, line.Ok ? "bien" : "atención", line.Detail]));
        return 0;
    });

    /// <summary>One line per part; a part that fails is a line, not the end.</summary>
    private static IEnumerable<DoctorLine> Checks(Session session)
    {
        yield return DoctorLine.From("leyes", () =>
        {
            var statutes = session.Get<StatuteStore>().Statutes();
            var synopses = statutes.Count(statute => !statute.Official);
            return statutes.Count == 0 ? (false, "no hay leyes; use «paralegal ingest RUTA» o «paralegal fetch LFT»")
                : synopses > 0 ? (false, $"{statutes.Count} leyes, {synopses} sólo en síntesis no oficial; cargue los textos oficiales con «paralegal fetch»")
                : (true, $"{statutes.Count} leyes, {statutes.Sum(statute => statute.Articles)} artículos, {statutes.Sum(statute => statute.Passages)} pasajes");
        });
        yield return DoctorLine.From("base de leyes", () => (true,
            $"{Path.GetFullPath(session.Get<IOptions<StoreOptions>>().Value.Path)}, generación {session.Get<StatuteStore>().Generation}"));
        yield return DoctorLine.From("verificación", () =>
        {
            var dates = session.Get<StatuteStore>().Statutes().Select(statute => statute.VerifiedThrough).ToList();
            var unknown = dates.Count(date => date is null);
            return (unknown == 0, unknown > 0
                ? $"{unknown} leyes sin fecha de verificación; use «paralegal ingest … --verified-through FECHA»"
                : dates.Count == 0 ? "nada que verificar"
                : string.Create(CultureInfo.InvariantCulture, $"textos verificados entre {dates.Min():yyyy-MM-dd} y {dates.Max():yyyy-MM-dd}"));
        });
        yield return DoctorLine.From("bitácora", () =>
        {
            var verification = session.Get<AuditLog>().Verify();
            return (verification.Whole, $"{session.Get<RecordsFile>().Place}, {verification.Rows} renglones{(verification.Whole ? "" : $". {verification.Problem}")}");
        });
        yield return DoctorLine.From("derechos ARCO", () =>
        {
            var (open, today) = (session.Get<DataRights>().List(open: true), session.Today);
            var late = open.Count(request => request.Due < today);
            return (late == 0, open.Count == 0 ? "ninguna solicitud pendiente"
                : string.Create(CultureInfo.InvariantCulture, $"{open.Count} pendientes{(late > 0 ? $", {late} fuera de plazo" : "")}; la próxima vence el {open.Min(request => request.Due):yyyy-MM-dd}"));
        });
        yield return DoctorLine.From("secretos", () =>
        {
            var set = SecretSettings.Of(session.Get<IConfiguration>());
            var written = set.Where(secret => secret.Written).Select(secret => secret.Setting).ToList();
            return written.Count > 0 ? (false, $"{string.Join(", ", written)} en appsettings.json; páselos al entorno o a un archivo aparte (por ejemplo {written[0]}File)")
                : (true, set.Count == 0 ? "ninguno" : string.Join(", ", set.Select(secret => $"{secret.Setting} = {Secrets.Shown(secret.Setting, secret.Value)}")));
        });
        foreach (var line in ChannelDoctor.Checks(session.Get<IConfiguration>())) yield return line;
        yield return DoctorLine.From("catálogo", () => (true, $"{session.Get<StatuteCatalogue>().Entries.Count} leyes conocidas"));
        foreach (var line in IndexDoctor.Checks(session)) yield return line;
        yield return DoctorLine.From("motor", () =>
        {
            var facts = session.Get<EngineReport>().ExamineAsync().GetAwaiter().GetResult();
            return (facts.All(fact => fact.Ok), string.Join("; ", facts.Select(fact => fact.Text)));
        });
    }
}

/// <summary>What doctor says of one part.</summary>
internal sealed record DoctorLine(string Name, bool Ok, string Detail)
{
    public static DoctorLine From(string name, Func<(bool Ok, string Detail)> check)
    {
        try
        {
            var (ok, detail) = check();
            return new DoctorLine(name, ok, detail);
        }
        catch (Exception failure) when (failure is ParalegalBotException or OptionsValidationException)
        {
            return new DoctorLine(name, false, failure.Message);
        }
    }
}
